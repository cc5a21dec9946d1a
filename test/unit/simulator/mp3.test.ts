import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { MPEGDecoder } from 'mpg123-decoder';
import {
  digestOf,
  type MediaContent,
  mp3Content,
  rawContent,
  wholeContent,
} from '../../simulator/mediaContent.ts';
import { mp3FrameBytes, mp3FrameSamples, mp3SampleRate } from '../../simulator/mp3.ts';

const frameSeconds = mp3FrameSamples / mp3SampleRate;

interface Decoded {
  readonly seconds: number;
  readonly errors: number;
  readonly frequency: number;
  readonly samples: Float32Array;
}

async function decode(bytes: Uint8Array): Promise<Decoded> {
  const decoder = new MPEGDecoder({ enableGapless: false });
  await decoder.ready;
  try {
    const { channelData, samplesDecoded, sampleRate, errors } = decoder.decode(bytes);
    const samples = channelData[0] ?? new Float32Array();
    return {
      seconds: samplesDecoded / sampleRate,
      errors: errors.length,
      frequency: pitch(samples, sampleRate),
      samples,
    };
  } finally {
    decoder.free();
  }
}

function pitch(samples: Float32Array, sampleRate: number): number {
  const middle = samples.subarray(sampleRate, samples.length - sampleRate);
  let rises = 0;
  for (let index = 1; index < middle.length; index++) {
    if ((middle[index - 1] ?? 0) < 0 && (middle[index] ?? 0) >= 0) rises += 1;
  }
  return (rises * sampleRate) / middle.length;
}

/** How far the samples stray from an even tone, the start and the end left out; 0 for a perfect sine. */
function unevenness(samples: Float32Array, frequency: number): number {
  const middle = samples.subarray(mp3SampleRate, samples.length - mp3SampleRate);
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / mp3SampleRate);
  let worst = 0;
  for (let index = 2; index < middle.length; index++) {
    const expected = factor * (middle[index - 1] ?? 0) - (middle[index - 2] ?? 0);
    worst = Math.max(worst, Math.abs((middle[index] ?? 0) - expected));
  }
  return worst;
}

function inPieces(content: MediaContent, pieceBytes: number): Buffer {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < content.size; offset += pieceBytes)
    pieces.push(content.read(offset, pieceBytes));
  return Buffer.concat(pieces);
}

describe('media content', () => {
  it('makes an MP3 that a decoder plays for its whole length at its own pitch', async () => {
    for (const frequency of [300, 1340, 3580]) {
      const content = mp3Content(frequency, 300 * mp3FrameBytes);
      const decoded = await decode(wholeContent(content));
      assert.equal(decoded.errors, 0);
      assert.ok(Math.abs(decoded.seconds - content.seconds) <= 2 * frameSeconds, `${decoded.seconds} s`);
      assert.ok(Math.abs(decoded.frequency - frequency) < 2, `${decoded.frequency} Hz`);
      const strays = unevenness(decoded.samples, frequency);
      assert.ok(strays < 0.0002, `strays by ${strays} from an even tone`);
    }
  });

  it('makes an MP3 of exactly the size asked for, with a tag at the start when frames do not fit', async () => {
    for (const rest of [1, 9, 10, 500, 719]) {
      const content = mp3Content(440, 200 * mp3FrameBytes + rest);
      const bytes = wholeContent(content);
      assert.equal(bytes.length, 200 * mp3FrameBytes + rest);
      assert.equal(bytes.subarray(0, 3).toString('latin1'), 'ID3');
      const decoded = await decode(bytes);
      assert.equal(decoded.errors, 0);
      assert.ok(Math.abs(decoded.seconds - content.seconds) <= 2 * frameSeconds, `${decoded.seconds} s`);
    }
    assert.equal(wholeContent(mp3Content(440, 0)).length, 0);
    assert.throws(() => mp3Content(440, 9), RangeError);
  });

  it('gives the same bytes in pieces as at once, so that a range is a part of the whole', () => {
    for (const content of [mp3Content(440, 100_001), rawContent(440, 50_000)]) {
      const whole = wholeContent(content);
      assert.equal(whole.length, content.size);
      assert.ok(inPieces(content, 977).equals(whole));
      assert.ok(content.read(12_345, 100).equals(whole.subarray(12_345, 12_445)));
      assert.equal(content.read(content.size, 10).length, 0);
    }
  });

  it('never repeats a stretch of an MP3, so that a piece in the wrong place shows', () => {
    const content = mp3Content(440, 400 * mp3FrameBytes);
    const frames = Array.from({ length: 400 }, (_, index) =>
      content.read(index * mp3FrameBytes, mp3FrameBytes).toString('latin1'),
    );
    assert.equal(new Set(frames).size, frames.length);
  });

  it('reads anywhere in a file that is far larger than memory allows', () => {
    const content = mp3Content(440, 64 * 1024 ** 3);
    const near = content.read(content.size - 100, 1000);
    assert.equal(near.length, 100);
    assert.ok(near.equals(content.read(content.size - 2000, 2000).subarray(1900)));
  });

  it('digests without holding the whole', () => {
    const content = mp3Content(440, 2_500_000);
    assert.equal(
      digestOf(content, 'sha256'),
      createHash('sha256').update(wholeContent(content)).digest('hex'),
    );
  });
});
