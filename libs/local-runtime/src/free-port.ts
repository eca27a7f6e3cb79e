/** A TCP port on loopback that was free a moment ago. Whoever uses it must be ready to try another one. */
import { createServer, type Server } from 'node:net';
import { LocalRuntimeError, messageOf, systemCode } from './local-runtime-error';

const addressHint = {
  en: 'Choose an address of this machine, and a port that this user may listen on (from 1024): TRIBUTARY_HTTP_HOST, TRIBUTARY_HTTP_PORT.',
  zh: '请选择本机的地址，以及当前用户可以监听的端口（1024 及以上）：TRIBUTARY_HTTP_HOST、TRIBUTARY_HTTP_PORT。',
};

/** `count` different ports, held together while they are being chosen. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0, host)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

export async function freePort(host = '127.0.0.1'): Promise<number> {
  const [port] = await freePorts(1, host);
  return port ?? 0;
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
