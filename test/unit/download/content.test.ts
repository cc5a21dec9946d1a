import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HEAD_BYTES, judgeMp3 } from '../../../src/download/content.ts';
import { HeadGate } from '../../../src/download/headGate.ts';
import { encodeToneFrames } from '../../simulator/mp3.ts';
import { MP3_FILE } from '../../../src/download/fileFormats.ts';

const FRAMES = encodeToneFrames(440);

function id3(content: Buffer, version = 4): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (content.length >> shift) & 0x7f);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([version, 0, 0, ...size]), content]);
}

function apeTag(content: Buffer): Buffer {
  const head = Buffer.alloc(32);
  head.write('APETAGEX', 'latin1');
  head.writeUInt32LE(2000, 8);
  head.writeUInt32LE(content.length, 12);
  return Buffer.concat([head, content]);
}

function riff(formatTag: number, content: Buffer): Buffer {
  const format = Buffer.alloc(24);
  format.write('fmt ', 'latin1');
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(formatTag, 8);
  const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  return Buffer.concat([head, format, Buffer.from('data\0\0\0\0', 'latin1'), content]);
}

/** Bytes that are no text and begin no frame. */
function junk(bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, index) => 0x80 + ((index * 37) % 0x70)));
}

function judge(content: Buffer): string {
  return judgeMp3(content.subarray(0, HEAD_BYTES), true);
}

const right: Readonly<Record<string, Buffer>> = {
  'frames alone': FRAMES,
  'one frame, which is the whole file': FRAMES.subarray(0, 720),
  'a tag and frames': Buffer.concat([id3(Buffer.alloc(100)), FRAMES]),
  'a tag with a picture larger than what is looked at': Buffer.concat([id3(junk(300_000), 3), FRAMES]),
  'a tag alone, cut': id3(junk(300_000)).subarray(0, 200),
  'ten zero bytes and a tag': Buffer.concat([Buffer.alloc(10), id3(Buffer.alloc(20)), FRAMES]),
  'zero bytes and frames': Buffer.concat([Buffer.alloc(700), FRAMES]),
  '417 bytes of junk and frames': Buffer.concat([junk(417), FRAMES]),
  'the end of a frame that was cut, and frames': FRAMES.subarray(500),
  'an APE tag and frames': Buffer.concat([apeTag(junk(40)), FRAMES]),
  'a RIFF wrapper': riff(0x55, FRAMES),
  'a RIFF wrapper of MPEG audio alone': Buffer.concat([Buffer.from('RIFF\0\0\0\0RMP3', 'latin1'), FRAMES]),
  'frames of MPEG 1, layer III': frames([0xff, 0xfb, 0x90, 0x64], 417),
  'frames of MPEG 1, layer III, padded': frames([0xff, 0xfb, 0x92, 0x64], 418),
  'frames of MPEG 1, layer II': frames([0xff, 0xfd, 0x84, 0x04], 384),
  'frames of MPEG 1, layer I': frames([0xff, 0xff, 0x94, 0x04], 288),
  'frames of MPEG 2.5, layer III': frames([0xff, 0xe3, 0x48, 0x64], 288),
  'frames with a free bit rate': frames([0xff, 0xfb, 0x00, 0x64], 700),
};

function frames(header: readonly number[], length: number): Buffer {
  const frame = Buffer.alloc(length);
  Buffer.from(header).copy(frame);
  return Buffer.concat([frame, frame, frame, frame]);
}

const wide = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const page =
  '<html><head><title>Error</title></head><body>Something went wrong, try again later.</body></html>';
const wrong: Readonly<Record<string, Buffer>> = {
  'a page': Buffer.from(page),
  'JSON in UTF-16': wide('{"code":"expired","detail":"The link has expired, ask for a new one."}'),
  'a page in UTF-16': wide(page),
  'ID3 and a page': Buffer.from(`ID3${page}`),
  'a tag and a page': Buffer.concat([id3(Buffer.alloc(0)), Buffer.from(page)]),
  'a tag and JSON': Buffer.concat([id3(Buffer.alloc(20)), Buffer.from(JSON.stringify({ detail: page }))]),
  'a tag of a version that does not exist': Buffer.concat([id3(Buffer.alloc(0), 9), FRAMES.subarray(0, 2)]),
  'a tag whose size is no size': Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0x80, 0, 0, 0, ...junk(80)]),
  'PCM in a RIFF wrapper': riff(1, junk(4_000)),
  'a video': Buffer.concat([Buffer.from('\0\0\0\u0020ftypisom', 'latin1'), junk(4_000)]),
  'a picture': Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), FRAMES]),
  'an archive': Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), FRAMES]),
  'a document': Buffer.concat([Buffer.from('%PDF-1.7\n', 'latin1'), FRAMES]),
  'one frame with nothing that fits behind it': Buffer.concat([FRAMES.subarray(0, 720), junk(720)]),
  'frames of two streams': Buffer.concat([
    FRAMES.subarray(0, 720),
    frames([0xff, 0xfb, 0x90, 0x64], 400).subarray(0, 800),
  ]),
  'two frames behind junk and no third': Buffer.concat([junk(50), FRAMES.subarray(0, 1_440), junk(900)]),
  zeros: Buffer.alloc(4_000),
  nothing: Buffer.alloc(0),
  'three bytes of a frame': FRAMES.subarray(0, 3),
  'a sync word alone': Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), junk(2_000)]),
};

describe('what counts as an MP3', () => {
  for (const [name, content] of Object.entries(right)) {
    it(`is ${name}`, () => {
      assert.equal(judge(content), 'fine');
    });
  }

  for (const [name, content] of Object.entries(wrong)) {
    it(`is not ${name}`, () => {
      assert.equal(judge(content), 'wrong');
    });
  }

  const prefix = fc.oneof(
    fc.nat({ max: 2_000 }).map((bytes) => Buffer.alloc(bytes)),
    fc.nat({ max: 2_000 }).map(junk),
    fc.nat({ max: 50_000 }).map((bytes) => id3(Buffer.alloc(bytes))),
    fc.nat({ max: 5_000 }).map((bytes) => apeTag(junk(bytes))),
  );

  it('is a real one behind any of these beginnings, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        prefix,
        fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 8 }),
        (head, sizes) => {
          const content = Buffer.concat([head, FRAMES]);
          assert.equal(passes(content, sizes), true);
        },
      ),
    );
  });

  it('is never text, in whatever encoding and pieces it comes', () => {
    const text = fc.string({ minLength: 1, maxLength: 400 });
    const encoded = fc.oneof(
      text.map((value) => Buffer.from(value, 'utf8')),
      text.map((value) => Buffer.from(value, 'utf16le')),
      text.map(wide),
      fc.json().map((value) => Buffer.from(value)),
      fc.json().map(wide),
      text.map((value) => Buffer.from(`<?xml version="1.0"?><Error><Code>${value}</Code></Error>`)),
    );
    fc.assert(
      fc.property(
        encoded,
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
        (content, sizes) => {
          assert.equal(passes(content, sizes), false);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the gate before a file', () => {
  it('holds everything back until it is sure, and judges a short body at its end', () => {
    const gate = new HeadGate(MP3_FILE, false);
    assert.equal(gate.add(FRAMES.subarray(0, 700)), 'unclear');
    assert.equal(gate.heldBytes, 700);
    assert.equal(gate.add(FRAMES.subarray(700, 720)), 'unclear');
    assert.equal(gate.end(), 'fine');
    assert.deepEqual(Buffer.concat([...gate.release()]), FRAMES.subarray(0, 720));
    assert.equal(gate.heldBytes, 0);

    const short = new HeadGate(MP3_FILE, false);
    assert.equal(short.add(FRAMES.subarray(0, 700)), 'unclear');
    assert.equal(short.end(), 'wrong');
  });

  it('lets everything through behind content that was checked', () => {
    const gate = new HeadGate(MP3_FILE, true);
    assert.equal(gate.add(Buffer.from(page)), 'fine');
    assert.equal(gate.end(), 'fine');
  });

  it('waits no longer than for what it looks at', () => {
    const gate = new HeadGate(MP3_FILE, false);
    assert.equal(gate.add(junk(HEAD_BYTES - 1)), 'unclear');
    assert.equal(gate.add(junk(1)), 'wrong');
  });
});

/** Whether a body of these bytes gets through the gate, cut into pieces of these sizes. */
function passes(content: Buffer, sizes: readonly number[]): boolean {
  const gate = new HeadGate(MP3_FILE, false);
  let at = 0;
  for (let piece = 0; at < content.length; piece++) {
    const size = sizes[piece % sizes.length] ?? 1;
    const verdict = gate.add(content.subarray(at, at + size));
    if (verdict !== 'unclear') return verdict === 'fine';
    at += size;
  }
  return gate.end() === 'fine';
}
