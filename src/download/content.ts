import { framesAt } from './mpegFrames.ts';

/** How many bytes of a file's start are looked at. */
export const HEAD_BYTES = 64 * 1024;

/** What the first bytes of a file say. `unclear` asks for more bytes. */
export type ContentVerdict = 'fine' | 'wrong' | 'unclear';

/**
 * Whether a file begins as a video in a file of the MPEG-4 family does.
 *
 * @param head the first bytes, at most `HEAD_BYTES` of them
 * @param whole whether these are all the bytes that will be looked at
 */
export function judgeMp4(head: Uint8Array, whole: boolean): ContentVerdict {
  if (head.length < 8) return whole ? 'wrong' : 'unclear';
  return startsWith(head, 'ftyp', 4) ? 'fine' : 'wrong';
}

/** Whether a `Content-Type` announces a page or a message instead of media. */
export function announcesNoMedia(contentType: string | null): boolean {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^(text\/(html|xml)|application\/(xml|json|xhtml\+xml|problem\+json|problem\+xml))$/.test(type);
}

/**
 * Whether a file begins as an MP3 does: a tag and frames, or frames alone, perhaps behind some bytes of junk, or in a RIFF
 * wrapper. A frame counts when another follows where it says that it ends, or the file ends there; behind junk it takes
 * one more. A page in XML or HTML is never fine.
 *
 * @param head the first bytes, at most `HEAD_BYTES` of them
 * @param whole whether these are all the bytes that will be looked at
 */
export function judgeMp3(head: Uint8Array, whole: boolean): ContentVerdict {
  const more: ContentVerdict = whole ? 'wrong' : 'unclear';
  if (head.length < 12) return whole ? judgeShort(head) : 'unclear';
  if (startsWith(head, 'RIFF', 0)) return judgeRiff(head, whole);
  if (isOtherFormat(head)) return 'wrong';
  if (startsWith(head, 'APETAGEX', 0)) return judgeBehindTag(head, 32 + littleEndian(head, 12), whole);
  // Some encoders leave room for a tag that was never written.
  const start = head.findIndex((byte) => byte !== 0);
  if (start < 0) return more;
  if (startsWith(head, 'ID3', start)) {
    const tagBytes = id3Bytes(head, start);
    return tagBytes === undefined ? 'wrong' : judgeBehindTag(head, start + tagBytes, whole);
  }
  return scanForFrames(head, start, whole);
}

/** Fewer bytes than any tag or two frames have: only a tag's beginning, or a frame that is all there is, can be right. */
function judgeShort(head: Uint8Array): ContentVerdict {
  const isTag = startsWith(head, 'ID3', 0) && id3Bytes(Buffer.concat([head], 10), 0) !== undefined;
  return isTag || framesAt(head, 0, 2, true) === 'frames' ? 'fine' : 'wrong';
}

function scanForFrames(head: Uint8Array, start: number, whole: boolean): ContentVerdict {
  let isUnclear = !whole;
  for (let at = start; at < head.length; at++) {
    if (head[at] !== 0xff) continue;
    const found = framesAt(head, at, at === start ? 2 : 3, whole);
    if (found === 'frames') return 'fine';
    isUnclear ||= found === 'unclear';
  }
  return isUnclear ? 'unclear' : 'wrong';
}

/** A tag may be larger than what is looked at: a picture of the cover is. What is in sight behind it must be no text. */
function judgeBehindTag(head: Uint8Array, start: number, whole: boolean): ContentVerdict {
  const rest = head.subarray(start, start + TEXT_BYTES);
  if (start >= head.length || isPadding(rest)) return 'fine';
  if (rest.length < TEXT_BYTES && !whole) return 'unclear';
  return looksLikeText(rest) ? 'wrong' : 'fine';
}

/** The size of an ID3 tag with its header and footer; undefined when there is no such tag. */
function id3Bytes(head: Uint8Array, at: number): number | undefined {
  const [version = 0, revision = 0, flags = 0, ...size] = head.subarray(at + 3, at + 10);
  if (version < 2 || version > 4 || revision === 0xff || (flags & 0x0f) !== 0) return undefined;
  if (size.length < 4 || size.some((byte) => byte >= 0x80)) return undefined;
  const content = size.reduce((sum, byte) => sum * 128 + byte, 0);
  return content + (flags & 0x10 ? 20 : 10);
}

/** A RIFF file with MPEG audio in it: said by its format tag, or by its type. */
function judgeRiff(head: Uint8Array, whole: boolean): ContentVerdict {
  if (startsWith(head, 'RMP3', 8)) return 'fine';
  if (!startsWith(head, 'WAVE', 8)) return 'wrong';
  for (let at = 12; at + 10 <= head.length;) {
    if (startsWith(head, 'fmt ', at)) return head[at + 8] === 0x55 && head[at + 9] === 0 ? 'fine' : 'wrong';
    at += 8 + littleEndian(head, at + 4) + (littleEndian(head, at + 4) & 1);
  }
  return whole ? 'wrong' : 'unclear';
}

const TEXT_BYTES = 64;

/** The beginnings of files that can hold the bytes of a frame by chance. */
const OTHER_BEGINNINGS = [
  '\u0089PNG',
  'PK\u0003\u0004',
  '%PDF',
  'OggS',
  'fLaC',
  'GIF8',
  '\u001f\u008b',
  'BZh',
  '7z\u00bc',
];

function isOtherFormat(head: Uint8Array): boolean {
  const isKnown = OTHER_BEGINNINGS.some((beginning) => startsWith(head, beginning, 0));
  return (
    isKnown ||
    startsWith(head, 'ftyp', 4) ||
    looksLikeMarkup(head) ||
    looksLikeText(head.subarray(0, TEXT_BYTES))
  );
}

/** Printable characters and white space only, in one byte or two for each. */
function looksLikeText(bytes: Uint8Array): boolean {
  const text = latin1(bytes);
  const isWide = /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(text);
  const plain = isWide ? text.slice(2).replaceAll('\0', '') : text;
  return plain.length > 3 && /^(?:\u00ef\u00bb\u00bf)?[\t\n\r\x20-\x7e]+$/.test(plain);
}

function isPadding(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function littleEndian(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24;
}

function looksLikeMarkup(head: Uint8Array): boolean {
  const text = latin1(head.subarray(0, 512));
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(text);
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  return latin1(bytes.subarray(at, at + text.length)) === text;
}

/** A character for each byte, of the same number; a `TextDecoder` takes latin1 for Windows-1252. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
