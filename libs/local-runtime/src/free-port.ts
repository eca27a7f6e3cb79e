/** TCP ports on loopback that were free a moment ago, and stay so unless somebody wants that very number. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { LocalRuntimeError, messageOf, systemCode } from './local-runtime-error';

const addressHint = {
  en: 'Choose an address of this machine, and a port that this user may listen on (from 1024): TRIBUTARY_HTTP_HOST, TRIBUTARY_HTTP_PORT.',
  zh: '请选择本机的地址，以及当前用户可以监听的端口（1024 及以上）：TRIBUTARY_HTTP_HOST、TRIBUTARY_HTTP_PORT。',
};

/** Behind what services usually listen on. */
const firstPort = 11_000;
const attemptsMax = 50;

/**
 * `count` ports in a row, held together while they are being chosen. Not from those that the system gives to outgoing connections: such a port
 * would be gone before its owner listens, or while it is being started again.
 */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<readonly number[]> {
  const end = firstEphemeralPort();
  for (let attempt = 1; attempt <= attemptsMax && end - firstPort > 20 * count; attempt++) {
    const first = randomInt(firstPort, end - count);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await held(ports, host)) !== undefined) return ports;
  }
  // Hardly any room below: then whatever the system has.
  return (await held(new Array<number>(count).fill(0), host)) ?? [];
}

export async function freePort(host = '127.0.0.1'): Promise<number> {
  const [port] = await freePorts(1, host);
  return port ?? 0;
}

/** Where the ports begin that the system gives away itself: Linux says it, elsewhere it is IANA's. */
export function firstEphemeralPort(file = '/proc/sys/net/ipv4/ip_local_port_range'): number {
  try {
    return Number(/^\d+/.exec(readFileSync(file, 'utf8'))?.[0] ?? 49_152);
  } catch {
    return 49_152;
  }
}

/** All of them at once, for a moment; undefined: one is taken. */
async function held(ports: readonly number[], host: string): Promise<readonly number[] | undefined> {
  const servers = await Promise.allSettled(ports.map((port) => listen(port, host)));
  const open = servers.flatMap((server) => (server.status === 'fulfilled' ? [server.value] : []));
  const found = open.map(portOf);
  await Promise.all(open.map(close));
  return open.length === ports.length ? found : undefined;
}

/** Whether somebody listens there. Rejects with a `LocalRuntimeError` when nobody could: no such address, or a port that is not for us. */
export async function isPortInUse(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    await close(await listen(port, host));
    return false;
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE') return true;
    throw new LocalRuntimeError('ADDRESS_UNUSABLE', `Nothing can listen on ${host}:${String(port)}`, addressHint, messageOf(error));
  }
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
