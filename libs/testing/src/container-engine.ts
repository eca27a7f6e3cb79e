/** Does a container engine answer? Asked by us, with a limit: a socket that accepts and never answers would hold up a test run for ever. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { engineSurroundings, type EngineSurroundings } from './config';

export interface EngineAddress {
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
}

/** Where an engine may be, in the order of asking; a named host is the only candidate. */
export function engineAddresses({ host, sockets }: Pick<EngineSurroundings, 'host' | 'sockets'>): readonly EngineAddress[] {
  if (host === undefined || host === '') return sockets.map((socketPath) => ({ socketPath }));
  if (host.startsWith('unix://')) return [{ socketPath: host.slice('unix://'.length) }];
  const tcp = /^(?:tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(host);
  return tcp?.[1] === undefined ? [] : [{ host: tcp[1].replace(/^\[|\]$/g, ''), port: Number(tcp[2] ?? 2375) }];
}

/** The first engine that answers `GET /_ping` with 200 within the time; undefined: none. All are asked at once. */
export async function findEngine(surroundings: EngineSurroundings = engineSurroundings(), timeoutMs = 1_000): Promise<EngineAddress | undefined> {
  const addresses = engineAddresses(surroundings);
  const answers = await Promise.all(addresses.map((address) => answersPing(address, surroundings.certificates, timeoutMs)));
  return addresses[answers.indexOf(true)];
}

/** The same question for who cannot wait for a promise, as Jest while it collects tests; a child process asks. Certificates: whoever set them up has an engine. */
export function hasEngine(surroundings: EngineSurroundings = engineSurroundings(), timeoutMs = 1_000): boolean {
  if (surroundings.certificates !== undefined) return true;
  return engineAddresses(surroundings).some((address) => {
    const args = ['-e', pingScript, JSON.stringify({ ...address, path: '/_ping' }), String(timeoutMs)];
    return spawnSync(process.execPath, args, { stdio: 'ignore' }).status === 0;
  });
}

const pingScript = `
  setTimeout(() => process.exit(1), Number(process.argv[2]));
  require('node:http')
    .get({ ...JSON.parse(process.argv[1]), agent: false }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
    .on('error', () => process.exit(1));
`;

async function answersPing(address: EngineAddress, certificates: string | undefined, timeoutMs: number): Promise<boolean> {
  const options: RequestOptions = { ...address, path: '/_ping', method: 'GET', agent: false };
  const secure = certificates !== undefined && address.host !== undefined;
  const tls = secure ? await readCertificates(certificates) : {};
  return new Promise((resolve) => {
    const request = secure ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
    const finish = (answered: boolean): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(answered);
    };
    const timer = setTimeout(finish, timeoutMs, false);
    request.on('response', ({ statusCode }) => {
      finish(statusCode === 200);
    });
    request.on('error', () => {
      finish(false);
    });
    request.end();
  });
}

async function readCertificates(dir: string): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(join(dir, name)).catch(() => undefined)));
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
