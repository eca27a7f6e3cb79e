import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineAddresses, findEngine, hasEngine } from './container-engine';

describe('where an engine may be', () => {
  it('is the named host alone', () => {
    const sockets = ['/var/run/docker.sock'];
    expect(engineAddresses({ host: 'unix:///run/user/7/docker.sock', sockets })).toEqual([{ socketPath: '/run/user/7/docker.sock' }]);
    expect(engineAddresses({ host: 'tcp://10.0.0.7:2376', sockets })).toEqual([{ host: '10.0.0.7', port: 2376 }]);
    expect(engineAddresses({ host: 'tcp://[::1]', sockets })).toEqual([{ host: '::1', port: 2375 }]);
    expect(engineAddresses({ host: 'npipe:////./pipe/docker_engine', sockets })).toEqual([]);
  });

  it('is every known socket when none is named', () => {
    expect(engineAddresses({ host: undefined, sockets: ['/a', '/b'] })).toEqual([{ socketPath: '/a' }, { socketPath: '/b' }]);
    expect(engineAddresses({ host: '', sockets: ['/a'] })).toEqual([{ socketPath: '/a' }]);
  });
});

describe('the question whether an engine answers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-engine-'));
  const open: { close(): unknown }[] = [];
  afterAll(() => {
    for (const server of open) server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function listen(server: Server, name: string): Promise<string> {
    const path = join(dir, name);
    open.push(server);
    await new Promise<void>((resolve) => {
      server.listen(path, resolve);
    });
    return path;
  }
  const engine = (answer: RequestListener): Server => createServer(answer);

  it('finds the one that answers /_ping', async () => {
    const broken = await listen(
      engine((_, response) => response.writeHead(500).end()),
      'broken',
    );
    const good = await listen(
      engine((request, response) => response.writeHead(request.url === '/_ping' ? 200 : 404).end('OK')),
      'good',
    );
    const surroundings = { host: undefined, certificates: undefined, sockets: [join(dir, 'absent'), broken, good] };
    expect(await findEngine(surroundings)).toEqual({ socketPath: good });
    expect(await findEngine({ ...surroundings, sockets: [broken] })).toBeUndefined();
  });

  it('gives up on a socket that accepts and never answers', async () => {
    const silent = await listen(createTcpServer(), 'silent');
    const since = performance.now();
    expect(await findEngine({ host: `unix://${silent}`, certificates: undefined, sockets: [] }, 200)).toBeUndefined();
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('is answered without waiting for a promise, too', async () => {
    const at = (name: string): string => join(dir, `other-${name}`);
    const script = `
      const [good, broken, silent] = process.argv.slice(1);
      const engine = (status) => require('node:http').createServer((_, response) => response.writeHead(status).end());
      const listening = [engine(200).listen(good), engine(500).listen(broken), require('node:net').createServer().listen(silent)];
      Promise.all(listening.map((server) => require('node:events').once(server, 'listening'))).then(() => console.log('listening'));
    `;
    const other = spawn(process.execPath, ['-e', script, at('good'), at('broken'), at('silent')], { stdio: ['ignore', 'pipe', 'inherit'] });
    open.push({ close: () => other.kill('SIGKILL') });
    await once(other.stdout, 'data');
    const has = (names: readonly string[], timeoutMs = 10_000): boolean =>
      hasEngine({ host: undefined, certificates: undefined, sockets: names.map(at) }, timeoutMs);
    expect([has(['good']), has(['absent', 'broken', 'good'])]).toEqual([true, true]);
    expect([has(['broken']), has(['absent']), has([]), has(['silent'], 200)]).toEqual([false, false, false, false]);
  });
});
