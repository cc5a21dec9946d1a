import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { closed, listen } from '../network/loopbackServer.ts';

/** A request as it arrived. Header names are in lower case. */
export interface MediaRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Where the asked range starts; 0 without one. */
  readonly start: number;
}

/** Answers one request by writing to the bare socket. */
export type Play = (socket: Socket, request: MediaRequest, server: MediaServer) => void | Promise<void>;

/** A media store on loopback that does exactly what its script says, down to the bytes on the socket. */
export interface MediaServer {
  readonly port: number;
  readonly origin: string;
  readonly requests: readonly MediaRequest[];
  readonly openConnections: () => number;
  /** The next answers, in this order; after the last one it goes on giving that one. */
  play(...plays: Play[]): void;
  /** A connection is reset only when this resolves, because a reset throws away what is still on its way. */
  settled: (bytes: number) => Promise<void>;
  close(): Promise<void>;
}

/** Starts a media store on a free port. @param tls certificate and key, for https */
export async function startMediaServer(tls?: TlsOptions): Promise<MediaServer> {
  const requests: MediaRequest[] = [];
  const sockets = new Set<Socket>();
  let plays: readonly Play[] = [status(404)];
  const talk = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The client drops connections as it pleases; that is what many tests are about.
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const request = parseRequest(received.slice(0, end));
        received = received.slice(end + 4);
        requests.push(request);
        const play = plays[0];
        if (plays.length > 1) plays = plays.slice(1);
        void play?.(socket, request, media);
      }
    });
  };
  const server: Server = tls ? createTlsServer(tls, talk) : createServer({ noDelay: true }, talk);
  // A client that does not trust the certificate hangs up; that is what the test is about.
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  const media: MediaServer = {
    port,
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    settled: () => Promise.resolve(),
    openConnections: () => sockets.size,
    play: (...next) => {
      plays = next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    },
  };
  return media;
}

function parseRequest(text: string): MediaRequest {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const start = Number(/^bytes=(\d+)-$/.exec(headers.get('range') ?? '')?.[1] ?? 0);
  return { method, url, headers, start };
}

/** What a stored object answers with, and how its body ends. */
export interface ServeOptions {
  /** With quotes. `null`: no ETag. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly contentType?: string;
  /** Changes the headers of the answer; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** How many bytes of the body are sent; all when left out. */
  readonly bytes?: number;
  /** What happens after these bytes. `keep`: the connection stays open, as HTTP wants it after a whole body. */
  readonly then?: 'keep' | 'reset' | 'end' | 'stall';
  /** Answers ranges as an object store does; else always with the whole. */
  readonly ranges?: boolean;
  /** Looks at `If-Range` and `If-Match`. */
  readonly validates?: boolean;
  /** Sends the body in chunks, without a length. `cut`: without the last, empty chunk. */
  readonly chunked?: boolean | 'cut';
  readonly status?: number;
  /** Waits so long after each 64 KiB. */
  readonly pauseMs?: number;
}

const DEFAULT_ETAG = '"one-two-three"';
const DEFAULT_LAST_MODIFIED = 'Mon, 02 Mar 2026 09:00:00 GMT';

/** Serves content as an object store does, ranges and validators included, or nearly so. */
export function serve(content: Buffer, options: ServeOptions = {}): Play {
  return async (socket, request, server) => {
    const { etag = DEFAULT_ETAG, lastModified = DEFAULT_LAST_MODIFIED } = options;
    const ifRange = request.headers.get('if-range');
    const validates = options.validates ?? true;
    const stale = validates && ifRange !== undefined && ifRange !== etag && ifRange !== lastModified;
    const isRange = (options.ranges ?? true) && request.headers.has('range') && !stale;
    if (isRange && request.start >= content.length) {
      status(416, '', { 'Content-Range': `bytes */${content.length}` })(socket, request);
      return;
    }
    const body = isRange ? content.subarray(request.start) : content;
    const headers: Record<string, string | null> = {
      'Content-Type': options.contentType ?? 'audio/mpeg',
      'Accept-Ranges': 'bytes',
      ETag: etag,
      'Last-Modified': lastModified,
      ...(options.chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(body.length) }),
      ...(isRange && {
        'Content-Range': `bytes ${request.start}-${content.length - 1}/${content.length}`,
      }),
      ...options.headers,
    };
    const sent = body.subarray(0, options.bytes ?? body.length);
    await write(socket, head(options.status ?? (isRange ? 206 : 200), headers));
    const wire = options.chunked ? chunked(sent, options.chunked !== 'cut') : sent;
    await writePaced(socket, wire, options.pauseMs);
    if (options.then === 'reset') await server.settled((isRange ? request.start : 0) + sent.length);
    finish(socket, options.then ?? 'keep');
  };
}

/** A short answer. */
export function status(
  code: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): (socket: Socket, request: MediaRequest) => void {
  return (socket) => {
    const length = String(Buffer.byteLength(body));
    socket.write(head(code, { 'Content-Length': length, ...headers }) + body);
  };
}

/** An error as an object store words it. */
export function xmlError(httpStatus: number, code: string, message = 'No'): Play {
  const body = `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return status(httpStatus, body, { 'Content-Type': 'application/xml' });
}

/** Breaks the connection before any answer. */
export const resetAtOnce: Play = (socket) => {
  socket.resetAndDestroy();
};

/** Takes the request and never answers. */
export const silence: Play = () => undefined;

function head(code: number, headers: Readonly<Record<string, string | null>>): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  );
  return `HTTP/1.1 ${code} Scripted\r\n${lines.join('')}\r\n`;
}

function chunked(body: Buffer, whole: boolean): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += 16_384) {
    const part = body.subarray(at, at + 16_384);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  if (whole) parts.push(Buffer.from('0\r\n\r\n'));
  return Buffer.concat(parts);
}

/** Waits until the system has taken the bytes, so that what follows does not overtake them. */
export async function write(socket: Socket, bytes: Buffer | string): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.write(bytes, () => {
      socket.off('close', resolve);
      resolve();
    });
  });
}

async function writePaced(socket: Socket, bytes: Buffer, pauseMs: number | undefined): Promise<void> {
  const step = pauseMs === undefined ? bytes.length : 65_536;
  for (let at = 0; at < bytes.length && !socket.destroyed; at += step) {
    await write(socket, bytes.subarray(at, at + step));
    if (pauseMs !== undefined) await sleep(pauseMs);
  }
}

function finish(socket: Socket, how: 'keep' | 'reset' | 'end' | 'stall'): void {
  if (how === 'reset') socket.resetAndDestroy();
  if (how === 'end') socket.end();
}
