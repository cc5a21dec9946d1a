import { Mp3Encoder } from '@breezystack/lamejs';

/** Samples per second of every MP3 made here; one channel. */
export const mp3SampleRate = 16_000;
/** Bytes of one MPEG frame: 160 kbit/s at 16 kHz needs no padding, so all frames are equally long. */
export const mp3FrameBytes = 720;
/** Samples of one MPEG-2 layer III frame. */
export const mp3FrameSamples = 576;

/** How many bytes of MP3 play for so long, in whole frames. */
export function mp3BytesOf(playsMs: number): number {
  return Math.round((playsMs / 1_000) * (mp3SampleRate / mp3FrameSamples)) * mp3FrameBytes;
}

const bitsPerSecond = 160_000;
const framesPerRun = 25;
const framesUntilSteady = 4;
const loudness = 8_000;

/**
 * Encodes a run of whole MP3 frames that hold a steady tone and can be repeated without end: the encoder makes
 * every frame independent of its neighbours, and the run holds a whole number of the tone's waves.
 * @param frequency in Hz, a multiple of 10, at most 6000
 */
export function encodeToneFrames(frequency: number): Buffer {
  const encoder = new Mp3Encoder(1, mp3SampleRate, bitsPerSecond / 1000);
  const samples = new Int16Array((framesUntilSteady + framesPerRun + 1) * mp3FrameSamples);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = toneSample(frequency, index, mp3SampleRate);
  }
  const encoded = Buffer.from(encoder.encodeBuffer(samples));
  const start = framesUntilSteady * mp3FrameBytes;
  return encoded.subarray(start, start + framesPerRun * mp3FrameBytes);
}

/** One 16-bit sample of a sine wave of `frequency` Hz. */
export function toneSample(frequency: number, index: number, sampleRate: number): number {
  return Math.round(loudness * Math.sin((2 * Math.PI * frequency * index) / sampleRate));
}

/** An ID3v2.4 tag of exactly `bytes` bytes (10 or more) that holds nothing but padding. */
export function emptyId3Tag(bytes: number): Buffer {
  const tag = Buffer.alloc(bytes);
  tag.write('ID3', 'latin1');
  tag[3] = 4;
  const size = bytes - 10;
  for (let index = 0; index < 4; index++) tag[6 + index] = (size >> (7 * (3 - index))) & 0x7f;
  return tag;
}
