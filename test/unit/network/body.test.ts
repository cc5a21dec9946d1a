import assert from 'node:assert/strict';
import { BodyTooLargeError, readTextBody } from '../../../src/network/body.ts';

describe('readTextBody', () => {
  it('reads UTF-8 whose characters are split between chunks, without the byte order mark', async () => {
    const bytes = new TextEncoder().encode('\uFEFFGrüße 🎧');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    assert.equal(await readTextBody(new Response(body), 100), 'Grüße 🎧');
  });

  it('puts the replacement character where the bytes are not UTF-8', async () => {
    assert.equal(
      await readTextBody(new Response(Uint8Array.of(0x61, 0xff, 0x62, 0xc3)), 100),
      'a\uFFFDb\uFFFD',
    );
  });

  it('reads a body of exactly the limit, and an absent one as empty', async () => {
    assert.equal(await readTextBody(new Response('12345'), 5), '12345');
    assert.equal(await readTextBody(new Response(null, { status: 204 }), 5), '');
  });

  it('refuses a longer body and cancels the rest', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    await assert.rejects(readTextBody(new Response(endless), 10_000), BodyTooLargeError);
    assert.equal(cancelled, true);
  });
});
