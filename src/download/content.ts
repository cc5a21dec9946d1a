/** How many bytes of a file's start are looked at. */
export const HEAD_BYTES = 64 * 1024;

/** What the first bytes of a file say. `unclear` asks for more bytes. */
export type ContentVerdict = 'fine' | 'wrong' | 'unclear';

/**
 * Judges the start of a file by what its extension promises. An error page in XML or HTML is never fine.
 *
 * @param head the first bytes, at most `HEAD_BYTES` of them
 * @param whole whether these are all the bytes that will be looked at
 */
export function judgeHead(head: Uint8Array, extension: string, whole: boolean): ContentVerdict {
  const more: ContentVerdict = whole ? 'wrong' : 'unclear';
  switch (extension) {
    case 'mp3':
      return judgeMpegAudio(head, more);
    case 'mp4':
      return head.length < 8 ? more : startsWith(head, 'ftyp', 4) ? 'fine' : 'wrong';
    default:
      return head.length === 0 ? more : looksLikeMarkup(head) ? 'wrong' : 'fine';
  }
}

/** Whether a `Content-Type` announces a page or a message instead of media. */
export function announcesNoMedia(contentType: string | null): boolean {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^(text\/(html|xml)|application\/(xml|json|xhtml\+xml|problem\+json|problem\+xml))$/.test(type);
}

function judgeMpegAudio(head: Uint8Array, more: ContentVerdict): ContentVerdict {
  // Some encoders leave room for a tag that was never written.
  let start = 0;
  while (head[start] === 0) start += 1;
  if (head.length - start < 4) return more;
  if (start === 0 && startsWith(head, 'ID3', 0)) return head[3] === 0xff ? 'wrong' : 'fine';
  return isFrameHeader(head, start) ? 'fine' : 'wrong';
}

/** Eleven set bits, then a version, a layer, a bit rate and a sample rate that exist. */
function isFrameHeader(bytes: Uint8Array, at: number): boolean {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const sync = first === 0xff && (second & 0xe0) === 0xe0;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  return sync && version !== 1 && layer !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}

function looksLikeMarkup(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 512));
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(text);
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(at, at + text.length)) === text;
}
