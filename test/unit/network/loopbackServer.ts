import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** An HTTP server on a free port of 127.0.0.1 that keeps what it received. */
export interface LoopbackServer {
  readonly origin: string;
  readonly requests: readonly ReceivedRequest[];
  /** Connections that are open now. */
  readonly openConnections: () => number;
  /** The next answers, in this order; after the last one it goes on giving that one. */
  answerWith(...answers: Answer[]): void;
  close(): Promise<void>;
}

/** Starts a server. Without `answerWith` it answers every request with an empty JSON object. */
export async function startLoopbackServer(): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let answers: readonly Answer[] = [json(200, {})];
  const listener: RequestListener = (request, response) => {
    void readBody(request).then((body) => {
      const received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body,
      };
      requests.push(received);
      const answer = answers[0];
      if (answers.length > 1) answers = answers.slice(1);
      answer?.(response, received);
    });
  };
  const server = createServer(listener);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    origin: `http://127.0.0.1:${await listen(server)}`,
    requests,
    openConnections: () => sockets.size,
    answerWith: (...next) => {
      answers = next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await closed(server);
    },
  };
}

/** Binds a server to a free port of 127.0.0.1. @returns the port */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Closes a server whose connections have ended. */
export async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return text(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** An answer with a body as it is. */
export function text(status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Breaks the connection instead of answering. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** Takes the request and never answers. */
export const silence: Answer = () => undefined;

/** Sends headers and the beginning of a body, and never the rest. */
export const stalledBody: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"id": "b');
};

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
