import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';

/**
 * A media store that is faster than any of its clients: `/N` is an object of N bytes, sent from memory. Prints its
 * port. Arguments, for https: the files of the key and the certificate.
 */
const BLOCK = 1024 * 1024;

const block = Buffer.alloc(BLOCK);
for (let at = 0; at < BLOCK; at++) block[at] = (at * 2_654_435_761) >>> 13;
const first = Buffer.from(block);
first.write('ID3\u0004', 'latin1');

const [keyFile, certFile] = process.argv.slice(2);
const answer = (request: IncomingMessage, response: ServerResponse): void => {
  void send(Number(request.url?.slice(1).split('?')[0]), response);
};
const server =
  keyFile !== undefined && certFile !== undefined
    ? createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, answer)
    : createServer(answer);
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});

async function send(bytes: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'audio/mpeg',
    'Content-Length': bytes,
    'Accept-Ranges': 'bytes',
    ETag: `"bench-${bytes}"`,
    'Last-Modified': 'Mon, 02 Mar 2026 09:00:00 GMT',
  });
  for (let at = 0; at < bytes; at += BLOCK) {
    const piece = (at === 0 ? first : block).subarray(0, Math.min(BLOCK, bytes - at));
    if (response.destroyed) return;
    if (!response.write(piece)) await room(response);
  }
  response.end();
}

function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const onRoom = (): void => {
      response.off('drain', onRoom).off('close', onRoom);
      resolve();
    };
    response.once('drain', onRoom).once('close', onRoom);
  });
}
