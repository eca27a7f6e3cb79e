/** What the tests' services read from their surroundings. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `containers` insists on Docker, `local` forbids it, `auto` takes what is there. */
export type ServiceChoice = 'containers' | 'local' | 'auto';

export function wantedServices(): ServiceChoice {
  const wanted = process.env['TRIBUTARY_TEST_SERVICES'];
  if (wanted === undefined || wanted === '' || wanted === 'auto') return 'auto';
  if (wanted === 'containers' || wanted === 'local') return wanted;
  throw new Error(`TRIBUTARY_TEST_SERVICES is ${wanted}; it may be containers, local or auto`);
}

export interface EngineSurroundings {
  /** DOCKER_HOST */
  readonly host: string | undefined;
  /** DOCKER_TLS_VERIFY with DOCKER_CERT_PATH */
  readonly certificates: string | undefined;
  /** Sockets to look at when no host is named. */
  readonly sockets: readonly string[];
}

export function engineSurroundings(): EngineSurroundings {
  const runtimeDir = process.env['XDG_RUNTIME_DIR'];
  const verify = (process.env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  return {
    host: process.env['DOCKER_HOST'],
    certificates: verify ? (process.env['DOCKER_CERT_PATH'] ?? join(homedir(), '.docker')) : undefined,
    sockets: [
      '/var/run/docker.sock',
      ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'docker.sock')]),
      join(homedir(), '.docker', 'run', 'docker.sock'),
      join(homedir(), '.docker', 'desktop', 'docker.sock'),
    ],
  };
}
