import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A CONNECT that the proxy was asked for. */
export interface Tunnel {
  /** Host and port. */
  readonly target: string;
  /** All its headers. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** What the proxy answered; 200 when it connected. */
  readonly status: number;
}

/** An HTTP proxy on 127.0.0.1: the only one who knows where some host names lead. */
export interface RunningProxy {
  readonly port: number;
  /** `http://127.0.0.1:40123`, which is what goes into `http.proxy`. */
  readonly url: string;
  /** Every CONNECT so far. */
  readonly tunnels: readonly Tunnel[];
  /** The address of every request that came in the clear, without a tunnel. */
  readonly plainRequests: readonly string[];
  /** From now on only those who bring this `user:password` are let through; undefined lets everybody. */
  askForLogIn(logIn: string | undefined): void;
  /** From now on these host names are refused with status 403. */
  refuse(hostNames: readonly string[]): void;
  /** Ends all connections and waits until the clients have noticed, so that none is used again. */
  hangUp(): Promise<void>;
  /** Forgets what it saw and was told. */
  reset(): void;
  close(): Promise<void>;
}

const reasons: Record<number, string> = {
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  502: 'Bad Gateway',
};

/** Starts a proxy. @param ports the port of 127.0.0.1 that each host name leads to; any other name is unknown to it */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<RunningProxy> {
  const tunnels: Tunnel[] = [];
  const plainRequests: string[] = [];
  const sockets = new Set<Duplex>();
  const clients = new Set<Socket>();
  let logIn: string | undefined;
  let refused: readonly string[] = [];

  const statusFor = (target: string, authorization: string | undefined): number => {
    const [hostName = ''] = target.split(':');
    const expected = logIn === undefined ? undefined : `Basic ${Buffer.from(logIn).toString('base64')}`;
    if (expected !== undefined && authorization !== expected) return 407;
    if (refused.includes(hostName)) return 403;
    return ports[hostName] === undefined ? 502 : 200;
  };

  const server = createServer((request, response) => {
    plainRequests.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connection', (socket: Socket) => {
    keep(sockets, socket);
    keep(clients, socket);
  });
  server.on('connect', (request, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    const status = statusFor(target, request.headers['proxy-authorization']);
    tunnels.push({ target, headers: request.headers, status });
    if (status === 200) join(client, head, ports[target.split(':')[0] ?? ''] ?? 0, sockets);
    else client.end(refusal(status));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    tunnels,
    plainRequests,
    askForLogIn: (expected) => {
      logIn = expected;
    },
    refuse: (hostNames) => {
      refused = hostNames;
    },
    hangUp: async () => {
      await Promise.all([...clients].map(ended));
    },
    reset: () => {
      for (const list of [tunnels, plainRequests]) list.length = 0;
      logIn = undefined;
      refused = [];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ties a client to a port of this computer until one of them ends. */
function join(client: Duplex, head: Buffer, port: number, sockets: Set<Duplex>): void {
  const server = connect(port, '127.0.0.1');
  keep(sockets, server);
  server.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.write(head);
    client.pipe(server).pipe(client);
  });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    // A broken connection is passed on by ending the other side.
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

function refusal(status: number): string {
  const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
  return `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\n${challenge}Content-Length: 0\r\nConnection: close\r\n\r\n`;
}

/** Ends a connection; the other side closes it once it has read to the end. */
async function ended(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
    socket.end();
  });
}

function keep<S extends Duplex>(sockets: Set<S>, socket: S): S {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  return socket;
}
