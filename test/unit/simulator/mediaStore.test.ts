import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Simulator } from '../../simulator/simulator.ts';
import { rawRequest } from './rawRequest.ts';
import { callApi, simulatorPerTest } from './runningSimulator.ts';

const hourMs = 3_600_000;

function oneArtifact(simulator: Simulator, sizeBytes?: number): string {
  const spec = sizeBytes === undefined ? {} : { recordings: [{ audio: [{ sizeBytes }] }] };
  return simulator.addBot(spec).recordings[0]?.audio[0] ?? '';
}

describe('simulated media store', () => {
  const running = simulatorPerTest();

  it('serves the file behind the URL that the API gives', async () => {
    const simulator = await running.start();
    const id = oneArtifact(simulator);
    const item = (await callApi(simulator, `audio_mixed/${id}/`)).json as { data: { download_url: string } };
    const answer = await rawRequest(item.data.download_url);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'audio/mpeg');
    assert.equal(answer.headers['accept-ranges'], 'bytes');
    assert.equal(answer.headers['content-length'], String(answer.body.length));
    assert.ok(Date.parse(answer.headers['last-modified'] ?? '') > 0);
    assert.equal(answer.headers.etag, `"${createHash('md5').update(answer.body).digest('hex')}"`);
    assert.ok(answer.body.equals(simulator.mediaBytes(id)));
    assert.equal(simulator.mediaSha256(id), createHash('sha256').update(answer.body).digest('hex'));
    assert.equal(simulator.requests.at(-1)?.origin, 'media');
  });

  it('signs in the usual form, another URL each time, on an origin of its own', async () => {
    const simulator = await running.start();
    const id = oneArtifact(simulator);
    const [one, other] = [new URL(simulator.downloadUrl(id)), new URL(simulator.downloadUrl(id))];
    assert.equal(one.origin, simulator.mediaOrigin);
    assert.notEqual(one.origin, simulator.apiOrigin);
    assert.notEqual(one.href, other.href);
    assert.match(one.pathname, new RegExp(`^/_workspace-[^/]+/recordings/[^/]+/audio_mixed/${id}/`));
    assert.deepEqual([...one.searchParams.keys()].sort(), [
      'AWSAccessKeyId',
      'Expires',
      'Signature',
      'x-amz-security-token',
    ]);
    const expires = Number(one.searchParams.get('Expires')) * 1000;
    assert.ok(Math.abs(expires - (Date.parse(simulator.time()) + 6 * hourMs)) < 1000);
  });

  it('gives every artifact another tone and another size', async () => {
    const simulator = await running.start();
    const facts = Array.from({ length: 40 }, () => simulator.mediaFacts(oneArtifact(simulator)));
    assert.equal(new Set(facts.map(({ frequency }) => frequency)).size, 40);
    assert.equal(new Set(facts.slice(0, 37).map(({ size }) => size)).size, 37);
    assert.ok(facts.every(({ size }) => size > 200_000 && size < 500_000));
  });

  for (const signatureVersion of [2, 4] as const) {
    it(`refuses a URL of version ${signatureVersion} that is changed, unsigned or too old`, async () => {
      const simulator = await running.start({ signatureVersion });
      const url = simulator.downloadUrl(oneArtifact(simulator));
      assert.equal((await rawRequest(url)).status, 200);
      const forged = await rawRequest(url.replace(/Expires=\d+/, 'Expires=9999999999'));
      assert.equal(forged.status, 403);
      assert.match(forged.body.toString(), /<Code>SignatureDoesNotMatch<\/Code>/);
      const unsigned = await rawRequest(url.replace(/\?.*/, ''));
      assert.equal(unsigned.status, 403);
      simulator.advance(6 * hourMs);
      const old = await rawRequest(url);
      assert.equal(old.status, 403);
      assert.equal(old.headers['content-type'], 'application/xml');
      assert.match(old.body.toString(), /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
    });
  }

  it('signs for as long as told', async () => {
    const simulator = await running.start({ urlLifetimeMs: 60_000 });
    const id = oneArtifact(simulator);
    const short = simulator.downloadUrl(id);
    simulator.setUrlLifetime(120_000);
    const longer = simulator.downloadUrl(id);
    simulator.advance(61_000);
    assert.equal((await rawRequest(short)).status, 403);
    assert.equal((await rawRequest(longer)).status, 200);
  });

  it('refuses the API key and HEAD', async () => {
    const simulator = await running.start();
    const url = simulator.downloadUrl(oneArtifact(simulator));
    const withKey = await rawRequest(url, { headers: { Authorization: 'Token some-key' } });
    assert.equal(withKey.status, 400);
    assert.match(
      withKey.body.toString(),
      /<Code>InvalidArgument<\/Code><Message>Only one auth mechanism allowed/,
    );
    assert.equal((await rawRequest(url, { method: 'HEAD' })).status, 403);
  });

  it('has no file for a deleted or unknown artifact', async () => {
    const simulator = await running.start();
    const id = oneArtifact(simulator);
    const url = simulator.downloadUrl(id);
    simulator.changeArtifact(id, { status: 'deleted' });
    const gone = await rawRequest(url);
    assert.equal(gone.status, 404);
    assert.match(gone.body.toString(), /<Code>NoSuchKey<\/Code>/);
  });

  it('serves ranges', async () => {
    const simulator = await running.start();
    const id = oneArtifact(simulator, 10_000);
    const bytes = simulator.mediaBytes(id);
    const url = simulator.downloadUrl(id);
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 1],
      ['bytes=9000-', 9000, 10_000],
      ['bytes=100-199', 100, 200],
      ['bytes=9999-20000', 9999, 10_000],
      ['bytes=-10', 9990, 10_000],
    ] as const) {
      const answer = await rawRequest(url, { headers: { Range: range } });
      assert.equal(answer.status, 206);
      assert.equal(answer.headers['content-range'], `bytes ${start}-${end - 1}/10000`);
      assert.equal(answer.headers['content-length'], String(end - start));
      assert.ok(answer.body.equals(bytes.subarray(start, end)), range);
    }
    for (const range of ['bytes=5-2', 'lines=1-2', 'bytes=0-1,5-6']) {
      assert.equal((await rawRequest(url, { headers: { Range: range } })).status, 200);
    }
    const beyond = await rawRequest(url, { headers: { Range: 'bytes=10000-' } });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers['content-range'], 'bytes */10000');
  });

  it('honours If-Range and If-Match, also after the file was replaced', async () => {
    const simulator = await running.start();
    const id = oneArtifact(simulator);
    const url = simulator.downloadUrl(id);
    const { etag = '', 'last-modified': modified = '' } = (await rawRequest(url)).headers;
    const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await rawRequest(url, { headers: { Range: 'bytes=10-', ...headers } })).status;
    assert.equal(await status({ 'If-Range': etag }), 206);
    assert.equal(await status({ 'If-Range': modified }), 206);
    assert.equal(await status({ 'If-Range': `W/${etag}` }), 200);
    assert.equal(await status({ 'If-Match': etag }), 206);
    const before = simulator.mediaSha256(id);
    simulator.advance(5000);
    simulator.replaceMedia(id);
    assert.notEqual(simulator.mediaSha256(id), before);
    assert.equal(await status({ 'If-Range': etag }), 200);
    assert.equal(await status({ 'If-Range': modified }), 200);
    assert.equal(await status({ 'If-Match': etag }), 412);
  });

  it('has every kind of ETag', async () => {
    const simulator = await running.start();
    const etag = async (id: string): Promise<string | undefined> =>
      (await rawRequest(simulator.downloadUrl(id))).headers.etag;
    const id = oneArtifact(simulator);
    const md5 = createHash('md5').update(simulator.mediaBytes(id)).digest('hex');
    assert.equal(await etag(id), `"${md5}"`);
    simulator.setEtagStyle('opaque');
    assert.match((await etag(id)) ?? '', /^"[0-9a-f]{32}"$/);
    assert.notEqual(await etag(id), `"${md5}"`);
    simulator.setEtagStyle('multipart');
    assert.match((await etag(id)) ?? '', /^"[0-9a-f]{32}-1"$/);
    simulator.setEtagStyle('weak');
    assert.match((await etag(id)) ?? '', /^W\/"/);
    simulator.setEtagStyle('none');
    assert.equal(await etag(id), undefined);
    const own = simulator.addBot({ recordings: [{ audio: [{ etag: 'md5' }] }] });
    assert.match((await etag(own.recordings[0]?.audio[0] ?? '')) ?? '', /^"[0-9a-f]{32}"$/);
  });

  it('serves half a gigabyte without holding it', async () => {
    const simulator = await running.start();
    const size = 512 * 1024 * 1024;
    const id = oneArtifact(simulator, size);
    const url = simulator.downloadUrl(id);
    const end = await rawRequest(url, { headers: { Range: `bytes=${size - 1000}-` } });
    assert.equal(end.headers['content-range'], `bytes ${size - 1000}-${size - 1}/${size}`);
    assert.equal(end.body.length, 1000);
    assert.match(end.headers.etag ?? '', /^"[0-9a-f]{32}-64"$/);
    const before = process.memoryUsage().rss;
    const start = await rawRequest(url, { hangUpAfterBytes: 4 * 1024 * 1024 });
    assert.equal(start.headers['content-length'], String(size));
    assert.equal(start.complete, false);
    assert.ok(process.memoryUsage().rss - before < size / 4);
  });

  it('knows the most downloads at a time', async () => {
    const simulator = await running.start();
    const url = simulator.downloadUrl(oneArtifact(simulator));
    assert.equal(simulator.peakDownloads(), 0);
    await rawRequest(url);
    assert.equal(simulator.peakDownloads(), 1);
    simulator.mediaFault({ kind: 'stallBeforeHeaders', times: 3 });
    const ends = [1, 2, 3].map(() => rawRequest(url).catch((error: unknown) => error));
    await simulator.waitForRequest(() => simulator.requests.length === 4);
    assert.equal(simulator.peakDownloads(), 3);
    await simulator.close();
    await Promise.all(ends);
  });
});
