/** Bit rates in kbit/s by their index, of MPEG 1 and of MPEG 2 and 2.5, for the layers I, II and III. */
const RATES = {
  one: [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  two: [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;
/** A frame without a stated bit rate ends where the next one begins; none is longer. */
const LONGEST_FREE_FRAME = 5_000;

/** What the four bytes say that MPEG audio frames begin with. */
interface FrameHeader {
  /** Length of the whole frame in bytes; undefined when the bit rate is free. */
  readonly length: number | undefined;
  /** What all frames of one stream have in common. */
  readonly stream: number;
}

/**
 * Whether MPEG audio frames begin at a place: the first says where it ends, and there another of the same stream begins,
 * or the file ends. `unclear` when more bytes are needed to tell.
 *
 * @param frames how many have to follow one another, at least 2
 * @param whole whether nothing comes behind these bytes
 */
export function framesAt(
  bytes: Uint8Array,
  at: number,
  frames: number,
  whole: boolean,
): 'frames' | 'none' | 'unclear' {
  let place = at;
  let stream: number | undefined;
  for (let found = 0; ; found++) {
    if (found > 0 && whole && place === bytes.length) return 'frames';
    if (place + 4 > bytes.length) return whole ? 'none' : 'unclear';
    const header = headerAt(bytes, place);
    if (!header || (stream !== undefined && header.stream !== stream)) return 'none';
    if (found + 1 === frames) return 'frames';
    stream = header.stream;
    const length = header.length ?? freeLength(bytes, place, stream);
    if (length === undefined) return whole || bytes.length - place > LONGEST_FREE_FRAME ? 'none' : 'unclear';
    place += length;
  }
}

/** Eleven set bits, then a version, a layer, a bit rate and a sample rate that exist. */
function headerAt(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const sampleRate = SAMPLE_RATES[(third >> 2) & 3];
  if (
    first !== 0xff ||
    (second & 0xe0) !== 0xe0 ||
    version === 1 ||
    layer === 4 ||
    sampleRate === undefined
  ) {
    return undefined;
  }
  const rate = (version === 3 ? RATES.one : RATES.two)[layer - 1]?.[third >> 4];
  if (rate === undefined) return undefined;
  const padding = (third >> 1) & 1;
  const halved = version === 3 ? 1 : 2;
  const slots = { rate: rate * 1000, sampleRate: sampleRate / (version === 0 ? 4 : halved) };
  return {
    length: rate === 0 ? undefined : frameLength(layer, version, slots, padding),
    stream: ((second & 0xfe) << 8) | (third & 0x0c),
  };
}

function frameLength(
  layer: number,
  version: number,
  { rate, sampleRate }: { readonly rate: number; readonly sampleRate: number },
  padding: number,
): number {
  if (layer === 1) return (Math.floor((12 * rate) / sampleRate) + padding) * 4;
  const samplesPerByte = layer === 3 && version !== 3 ? 72 : 144;
  return Math.floor((samplesPerByte * rate) / sampleRate) + padding;
}

function freeLength(bytes: Uint8Array, at: number, stream: number): number | undefined {
  const end = Math.min(bytes.length - 4, at + LONGEST_FREE_FRAME);
  for (let next = at + 24; next <= end; next++) {
    const header = bytes[next] === 0xff ? headerAt(bytes, next) : undefined;
    if (header?.stream === stream && header.length === undefined) return next - at;
  }
  return undefined;
}
