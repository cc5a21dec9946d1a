import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on 127.0.0.1. */
export interface LoopbackServer {
  /** For example `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Destroys all connections and frees the port. */
  close(): Promise<void>;
}

/** One request with its whole body. */
export interface ReceivedRequest {
  readonly message: IncomingMessage;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Listens on a port of 127.0.0.1; 0 takes any free one.
 * @throws Error of `listen`, for example `EADDRINUSE`
 */
export async function listenOnLoopback(
  port: number,
  handle: (request: ReceivedRequest, response: ServerResponse) => Promise<void>,
): Promise<LoopbackServer> {
  const server = createServer((message, response) => {
    receive(message)
      .then((request) => handle(request, response))
      .catch((error: unknown) => {
        failVisibly(response, error);
      });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${boundPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  const headers = Object.entries(message.headersDistinct).map(([name, values]) => [
    name,
    (values ?? []).join(', '),
  ]);
  return {
    message,
    method: message.method ?? '',
    path: message.url ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

function failVisibly(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`The simulator itself failed: ${text}`);
}
