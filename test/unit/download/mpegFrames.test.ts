import assert from 'node:assert/strict';
import { framesAt } from '../../../src/download/mpegFrames.ts';

/** From the tables of ISO 11172-3 and 13818-3, with MPEG 2.5 beside them. kbit/s by index, from 1. */
const kilobits: Readonly<Record<string, string>> = {
  '1/1': '32 64 96 128 160 192 224 256 288 320 352 384 416 448',
  '1/2': '32 48 56 64 80 96 112 128 160 192 224 256 320 384',
  '1/3': '32 40 48 56 64 80 96 112 128 160 192 224 256 320',
  '2/1': '32 48 56 64 80 96 112 128 144 160 176 192 224 256',
  '2/2': '8 16 24 32 40 48 56 64 80 96 112 128 144 160',
  '2/3': '8 16 24 32 40 48 56 64 80 96 112 128 144 160',
};
const hertz: Readonly<Record<string, string>> = {
  '1': '44100 48000 32000',
  '2': '22050 24000 16000',
  '2.5': '11025 12000 8000',
};
const versionBits: Readonly<Record<string, number>> = { '1': 3, '2': 2, '2.5': 0 };

interface Frame {
  readonly name: string;
  readonly head: readonly number[];
  readonly length: number;
}

/** Every kind of frame with a stated bit rate: 14 rates, 3 sample rates, 3 layers, 3 versions, with and without padding. */
function everyFrame(): Frame[] {
  return Object.entries(hertz).flatMap(([version, rates]) =>
    [1, 2, 3].flatMap((layer) =>
      rates.split(' ').flatMap((samples, sampleIndex) =>
        (kilobits[`${version === '1' ? 1 : 2}/${layer}`] ?? '').split(' ').flatMap((rate, rateIndex) =>
          [0, 1].map((padding) => ({
            name: `MPEG ${version}, layer ${layer}, ${rate} kbit/s, ${samples} Hz, padding ${padding}`,
            head: [
              0xff,
              0xe0 | ((versionBits[version] ?? 0) << 3) | ((4 - layer) << 1) | 1,
              ((rateIndex + 1) << 4) | (sampleIndex << 2) | (padding << 1),
              0x64,
            ],
            length: lengthOf(version, layer, Number(rate), Number(samples), padding),
          })),
        ),
      ),
    ),
  );
}

/** By the samples in a frame, which is how the standards have it. Layer I counts in slots of four bytes. */
function lengthOf(version: string, layer: number, rate: number, samples: number, padding: number): number {
  const samplesInFrame = layer === 1 ? 384 : layer === 3 && version !== '1' ? 576 : 1152;
  const slot = layer === 1 ? 4 : 1;
  return (Math.floor((samplesInFrame * rate * 1000) / (8 * slot * samples)) + padding) * slot;
}

function frame(head: readonly number[], length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(length, head.length));
  bytes.set(head);
  return bytes;
}

describe('MPEG audio frames', () => {
  const LAYER_III = [0xff, 0xfb, 0x90, 0x64];
  const FREE = [0xff, 0xfb, 0x00, 0x64];
  const two = (head: readonly number[], length: number, next = head): Buffer =>
    Buffer.concat([frame(head, length), Buffer.from(next)]);

  it('end where their heads say, whichever kind they are', () => {
    const all = everyFrame();
    assert.equal(all.length, 756);
    for (const { name, head, length } of all) {
      assert.equal(framesAt(two(head, length), 0, 2, false), 'frames', name);
      assert.equal(framesAt(frame(head, length), 0, 2, true), 'frames', `${name}, alone`);
      assert.equal(
        framesAt(Buffer.concat([two(head, length + 1), Buffer.alloc(9)]), 0, 2, true),
        'none',
        name,
      );
    }
  });

  it('do not begin with anything else', () => {
    const wrong: Readonly<Record<string, readonly number[]>> = {
      'seven set bits': [0xfe, 0xfb, 0x90, 0x64],
      'ten set bits': [0xff, 0xdb, 0x90, 0x64],
      'a version that does not exist': [0xff, 0xeb, 0x90, 0x64],
      'a layer that does not exist': [0xff, 0xf9, 0x90, 0x64],
      'a bit rate that does not exist': [0xff, 0xfb, 0xf0, 0x64],
      'a sample rate that does not exist': [0xff, 0xfb, 0x9c, 0x64],
    };
    for (const [name, head] of Object.entries(wrong)) {
      const bytes = Buffer.concat(Array.from({ length: 9 }, () => frame(head, 417)));
      assert.equal(framesAt(bytes, 0, 2, true), 'none', name);
      assert.equal(framesAt(bytes, 0, 2, false), 'none', name);
      assert.equal(framesAt(two(LAYER_III, 417, head), 0, 2, false), 'none', `${name}, as the second`);
    }
  });

  it('are of one stream: version, layer and sample rate are those of the first', () => {
    const others: Readonly<Record<string, readonly number[]>> = {
      version: [0xff, 0xf3, 0x90, 0x64],
      layer: [0xff, 0xfd, 0x90, 0x64],
      'sample rate': [0xff, 0xfb, 0x94, 0x64],
    };
    for (const [name, head] of Object.entries(others))
      assert.equal(framesAt(two(LAYER_III, 417, head), 0, 2, false), 'none', name);
    const same: Readonly<Record<string, readonly number[]>> = {
      'bit rate': [0xff, 0xfb, 0x50, 0x64],
      padding: [0xff, 0xfb, 0x92, 0x64],
      'a checksum': [0xff, 0xfa, 0x90, 0x64],
      channels: [0xff, 0xfb, 0x90, 0xc4],
      'a private bit': [0xff, 0xfb, 0x91, 0x64],
    };
    for (const [name, head] of Object.entries(same))
      assert.equal(framesAt(two(LAYER_III, 417, head), 0, 2, false), 'frames', name);
  });

  it('are as many as were asked for, from the place that was named', () => {
    const bytes = Buffer.concat([
      Buffer.alloc(5),
      frame(LAYER_III, 417),
      frame(LAYER_III, 417),
      Buffer.alloc(9),
    ]);
    assert.equal(framesAt(bytes, 5, 2, false), 'frames');
    assert.equal(framesAt(bytes, 5, 3, false), 'none');
    assert.equal(framesAt(bytes, 4, 2, false), 'none');
  });

  it('need more bytes to tell, or the end of the file tells', () => {
    assert.equal(framesAt(Buffer.from(LAYER_III.slice(0, 3)), 0, 2, false), 'unclear');
    assert.equal(framesAt(Buffer.from(LAYER_III.slice(0, 3)), 0, 2, true), 'none');
    assert.equal(framesAt(frame(LAYER_III, 416), 0, 2, false), 'unclear');
    assert.equal(framesAt(frame(LAYER_III, 417), 0, 2, false), 'unclear');
    assert.equal(framesAt(frame(LAYER_III, 420), 0, 2, false), 'unclear');
    assert.equal(framesAt(frame(LAYER_III, 421), 0, 2, false), 'none');
    assert.equal(framesAt(frame(LAYER_III, 416), 0, 2, true), 'none');
    assert.equal(framesAt(frame(LAYER_III, 418), 0, 2, true), 'none');
    assert.equal(framesAt(Buffer.alloc(0), 0, 2, true), 'none');
    assert.equal(framesAt(Buffer.alloc(0), 0, 2, false), 'unclear');
  });

  it('of a free bit rate end where the next one begins', () => {
    for (const length of [24, 25, 700, 5_000])
      assert.equal(framesAt(two(FREE, length), 0, 2, false), 'frames', `${length} bytes`);
    for (const length of [23, 5_001])
      assert.equal(
        framesAt(Buffer.concat([two(FREE, length), Buffer.alloc(5_000)]), 0, 2, false),
        'none',
        `${length}`,
      );
    assert.equal(
      framesAt(Buffer.concat([two(FREE, 700, LAYER_III), Buffer.alloc(9_000)]), 0, 2, false),
      'none',
    );
    assert.equal(
      framesAt(Buffer.concat([two(FREE, 700, [0xff, 0xfd, 0, 0x64]), Buffer.alloc(9_000)]), 0, 2, false),
      'none',
    );
  });

  it('of a free bit rate need more bytes as long as the next one may come', () => {
    assert.equal(framesAt(frame(FREE, 300), 0, 2, false), 'unclear');
    assert.equal(framesAt(frame(FREE, 5_000), 0, 2, false), 'unclear');
    assert.equal(framesAt(frame(FREE, 5_001), 0, 2, false), 'none');
    assert.equal(framesAt(frame(FREE, 300), 0, 2, true), 'none');
    assert.equal(framesAt(Buffer.concat([Buffer.alloc(40), frame(FREE, 5_000)]), 40, 2, false), 'unclear');
    assert.equal(framesAt(Buffer.concat([Buffer.alloc(40), frame(FREE, 5_001)]), 40, 2, false), 'none');
  });
});
