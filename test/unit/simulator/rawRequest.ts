import { request, type IncomingHttpHeaders } from 'node:http';

/** What came back, however it ended. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether the body ended as announced. */
  readonly complete: boolean;
}

/** What to send. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Hangs up once so many bytes of the body have come. */
  readonly hangUpAfterBytes?: number;
}

/**
 * Sends one request on a connection of its own, with nothing added, followed or unpacked.
 * Rejects when the connection fails before the headers.
 */
export function rawRequest(url: string | URL, options: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false }, (message) => {
      const pieces: Buffer[] = [];
      let received = 0;
      message.on('data', (piece: Buffer) => {
        pieces.push(piece);
        received += piece.length;
        if (received >= (options.hangUpAfterBytes ?? Infinity)) message.destroy();
      });
      message.on('error', () => undefined);
      message.on('close', () => {
        resolve({
          status: message.statusCode ?? 0,
          headers: message.headers,
          body: Buffer.concat(pieces),
          complete: message.complete,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
