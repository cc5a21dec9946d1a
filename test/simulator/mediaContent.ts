import { createHash } from 'node:crypto';
import {
  emptyId3Tag,
  encodeToneFrames,
  mp3FrameBytes,
  mp3FrameSamples,
  mp3SampleRate,
  toneSample,
} from './mp3.ts';

/** The bytes of one object in the media store, made when they are read. */
export interface MediaContent {
  readonly contentType: string;
  /** Length of the whole object in bytes. */
  readonly size: number;
  /** How long it plays, in seconds; 0 when it is no audio. */
  readonly seconds: number;
  /** Pitch of the tone in it, in Hz; 0 when it is no audio. */
  readonly frequency: number;
  /** The bytes from `offset`; fewer than `length` only at the end. */
  read(offset: number, length: number): Buffer;
}

const smallestTagBytes = 10;
const counterBytes = 4;
const rawSampleRate = 16_000;

/**
 * An MP3 of any size: a repeated run of frames, in which every frame ends with its number, in the part that decoders
 * skip. So no two places of the file are equal and a piece put in the wrong place is noticed.
 * @param frequency Hz, a multiple of 10
 * @param size exact size in bytes, 0 or at least 10; what is no multiple of a frame becomes an ID3 tag at the start
 */
export function mp3Content(frequency: number, size: number): MediaContent {
  let frames = Math.floor(size / mp3FrameBytes);
  let tagBytes = size - frames * mp3FrameBytes;
  if (tagBytes > 0 && tagBytes < smallestTagBytes) {
    frames -= 1;
    tagBytes += mp3FrameBytes;
  }
  if (frames < 0) throw new RangeError(`An MP3 of ${size} bytes cannot be made: use 0, or 10 and more.`);
  const tag = tagBytes === 0 ? Buffer.alloc(0) : emptyId3Tag(tagBytes);
  let run: Buffer | undefined;
  return {
    contentType: 'audio/mpeg',
    size,
    seconds: (frames * mp3FrameSamples) / mp3SampleRate,
    frequency,
    read: (offset, length) => {
      run ??= encodeToneFrames(frequency);
      return readFrames(run, tag, offset, Math.max(0, Math.min(size, offset + length) - offset));
    },
  };
}

function readFrames(run: Buffer, tag: Buffer, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = offset < tag.length ? tag.copy(bytes, 0, offset) : 0;
  while (filled < length) {
    const position = offset + filled - tag.length;
    const number = Math.floor(position / mp3FrameBytes);
    const within = position % mp3FrameBytes;
    filled += numberedFrame(run, number).copy(bytes, filled, within);
  }
  return bytes;
}

function numberedFrame(run: Buffer, number: number): Buffer {
  const start = (number * mp3FrameBytes) % run.length;
  const frame = Buffer.from(run.subarray(start, start + mp3FrameBytes));
  frame.writeUInt32BE(number, mp3FrameBytes - counterBytes);
  return frame;
}

/** Raw PCM as the API describes it: mono, 16-bit signed little-endian, 16 kHz. `size` is rounded down to a sample. */
export function rawContent(frequency: number, size: number): MediaContent {
  const evenSize = size - (size % 2);
  return {
    contentType: 'application/octet-stream',
    size: evenSize,
    seconds: evenSize / 2 / rawSampleRate,
    frequency,
    read: (offset, length) => {
      const end = Math.min(evenSize, offset + length);
      const firstSample = Math.floor(offset / 2);
      const samples = Math.max(0, Math.ceil(end / 2) - firstSample);
      const bytes = Buffer.alloc(samples * 2);
      for (let index = 0; index < samples; index++) {
        bytes.writeInt16LE(toneSample(frequency, firstSample + index, rawSampleRate), index * 2);
      }
      return bytes.subarray(offset - firstSample * 2, Math.max(offset, end) - firstSample * 2);
    },
  };
}

/**
 * Something that is built like an MP4 file, a type box and a box of data; it does not play. Every four bytes of the data
 * are their place, so that a piece put in the wrong place is noticed.
 */
export function mp4Content(size: number): MediaContent {
  const typeBox = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex');
  const dataBox = Buffer.from('000000006d646174', 'hex');
  dataBox.writeUInt32BE(Math.max(dataBox.length, size - typeBox.length));
  const head = Buffer.concat([typeBox, dataBox]);
  return {
    contentType: 'video/mp4',
    size,
    seconds: 0,
    frequency: 0,
    read: (offset, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(size, offset + length) - offset));
      for (let index = 0; index < bytes.length; index++) {
        const place = offset + index;
        bytes[index] = place >>> (8 * (3 - (place % counterBytes)));
      }
      if (offset < head.length) head.copy(bytes, 0, offset);
      return bytes;
    },
  };
}

/** A file of the made-up kind: a mark, and then bytes that tell their place and which file it is. */
export function boardContent(frequency: number, size: number): MediaContent {
  const mark = Buffer.from('BOARD');
  return {
    contentType: 'application/octet-stream',
    size,
    seconds: 0,
    frequency,
    read: (offset, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(size, offset + length) - offset));
      for (let index = 0; index < bytes.length; index++) {
        const place = offset + index;
        bytes[index] = mark[place] ?? (place * frequency) >>> 5;
      }
      return bytes;
    },
  };
}

/** All bytes of an object at once. Meant for objects that fit in memory. */
export function wholeContent(content: MediaContent): Buffer {
  return content.read(0, content.size);
}

/** Digest of the whole object as hex, computed piece by piece. */
export function digestOf(content: MediaContent, algorithm: 'md5' | 'sha256'): string {
  const pieceBytes = 1 << 20;
  const hash = createHash(algorithm);
  for (let offset = 0; offset < content.size; offset += pieceBytes)
    hash.update(content.read(offset, pieceBytes));
  return hash.digest('hex');
}
