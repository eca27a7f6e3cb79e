/** What this lib reads from its surroundings: the environment of the process, read here and nowhere else. */
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** What the programs we start may see: enough to find other programs, nothing that changes what PostgreSQL or Java do. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SYSTEMROOT', 'JAVA_HOME', 'DYLD_LIBRARY_PATH'];
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(entries), LC_ALL: 'C', TZ: 'UTC' };
}

export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Where things that can be made again are kept: `TRIBUTARY_CACHE`, else the user's cache folder. */
export function cacheFolder(): string {
  return process.env['TRIBUTARY_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tributary');
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

export function currentUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return `uid ${String(process.getuid?.() ?? '?')}`;
  }
}
