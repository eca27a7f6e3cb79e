/** A door with a lasting address before a system that comes back somewhere else. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Door {
  readonly url: string;
  /** Everybody is thrown out; from now on it leads to this URL, or nowhere. */
  leadTo(url: string | undefined): void;
  close(): Promise<void>;
}

export async function openDoor(first: string): Promise<Door> {
  let target: string | undefined = first;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (target === undefined) {
      client.destroy();
      return;
    }
    const inside = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [from, to] of [
      [client, inside],
      [inside, client],
    ] as const) {
      sockets.add(from);
      // Whoever goes takes the other one along.
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      target = url;
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
