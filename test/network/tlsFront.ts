import { constants } from 'node:crypto';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, createServer } from 'node:tls';
import type { KeyAndCertificate } from '../unit/network/certificates.ts';

/** A client that takes up an earlier session again does not look at the certificate. */
const secureOptions = constants.SSL_OP_NO_TICKET;

/** Speaks TLS in front of servers that do not. */
export interface TlsFront {
  readonly port: number;
  /** Shows another certificate for a host name from the next connection on. */
  show(hostName: string, identity: KeyAndCertificate): void;
  close(): Promise<void>;
}

/** A server on 127.0.0.1, and the certificate to show in its place. */
export interface Behind {
  readonly port: number;
  readonly identity: KeyAndCertificate;
}

/** Listens on a free port of 127.0.0.1, and leads each connection to the server of the host name that it asks for. */
export async function startTlsFront(behind: Readonly<Record<string, Behind>>): Promise<TlsFront> {
  const identities = new Map(Object.entries(behind).map(([name, { identity }]) => [name, identity]));
  const sockets = new Set<Socket>();
  const server = createServer(
    {
      secureOptions,
      SNICallback: (hostName, answer) => {
        const identity = identities.get(hostName);
        if (identity) answer(null, createSecureContext({ ...identity, secureOptions }));
        else answer(new Error(`${hostName} is not here`));
      },
    },
    (client) => {
      const port = behind[typeof client.servername === 'string' ? client.servername : '']?.port ?? 0;
      const inner = connect(port, '127.0.0.1');
      client.pipe(inner).pipe(client);
      for (const [one, other] of [
        [client, inner],
        [inner, client],
      ] as const) {
        // A broken connection is passed on by ending the other side.
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    },
  );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Clients that do not trust the certificate hang up in the middle of the handshake.
  server.on('tlsClientError', (_error, client) => client.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    show: (hostName, identity) => {
      identities.set(hostName, identity);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
