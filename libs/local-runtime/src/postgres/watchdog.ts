/**
 * A tiny process that outlives ours by a moment: it waits on a pipe that only we hold, and when the pipe breaks (we were killed)
 * it stops our server. A shell script of 1 MB, not a second Node; Windows has no such shell and gets the Node one.
 * Both are strings: a bundle keeps them, and no file has to be found.
 */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { plainEnvironment } from '../config';
import { type Account } from '../run-program';

/**
 * Arguments: cluster folder, pg_ctl, the server's mark. The mark stands in the command line of our server and of no other:
 * the pid file may name a server that somebody has started since, or a stranger who got the number.
 */
export const shellWatchdog = `
read -r word && exit 0
i=0
while [ $i -lt 30 ]; do
  pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null)
  if [ -n "$pid" ]; then
    if [ -r "/proc/$pid/cmdline" ]; then line=$(tr '\\0' ' ' <"/proc/$pid/cmdline"); else line=$(ps -p "$pid" -o command= 2>/dev/null); fi
    case $line in
      *"$3"*)
        "$2" stop -D "$1" -m fast -w -t 5 -s || "$2" stop -D "$1" -m immediate -w -t 5 -s
        exit 0 ;;
    esac
  fi
  i=$((i + 1))
  sleep 0.1
done`;

/** The same without a shell and without command lines: it is told the pid once there is one. Arguments: cluster folder, pg_ctl. */
export const nodeWatchdog = `
const { readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const [cluster, pgCtl] = process.argv.slice(1);
let told = '';
process.stdin.on('data', (chunk) => { told += chunk; if (told.includes('done')) process.exit(0); });
process.stdin.on('error', () => {});
process.stdin.on('close', () => {
  const ours = /server (\\d+)/.exec(told)?.[1];
  let recorded = '';
  try { recorded = readFileSync(cluster + '/postmaster.pid', 'utf8').split('\\n')[0].trim(); } catch { /* stopped already */ }
  if (ours === undefined || recorded !== ours) return;
  for (const mode of ['fast', 'immediate']) {
    if (spawnSync(pgCtl, ['stop', '-D', cluster, '-m', mode, '-w', '-t', '5', '-s'], { stdio: 'ignore' }).status === 0) return;
  }
});`;

export type WatchdogKind = 'shell' | 'node';

export interface Watchdog {
  readonly pid: number | undefined;
  /** Which process to stop; only the Node kind needs it. */
  guard(serverPid: number): void;
  /** The server was stopped properly; resolves when the watchdog is gone. */
  dismiss(): Promise<void>;
}

export interface WatchdogOptions {
  readonly clusterDir: string;
  readonly pgCtl: string;
  readonly mark: string;
  readonly as: Account | undefined;
  readonly kind?: WatchdogKind;
}

/** Started before the server, so that there is no moment in which a kill would leave the server alone. */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const kind = options.kind ?? (process.platform === 'win32' ? 'node' : 'shell');
  const [command, args] =
    kind === 'shell'
      ? ['/bin/sh', ['-c', shellWatchdog, 'tributary-watchdog', options.clusterDir, options.pgCtl, options.mark]]
      : [process.execPath, ['-e', nodeWatchdog, options.clusterDir, options.pgCtl]];
  const child = spawn(command, args, {
    // A session of its own: Ctrl-C and kills of our whole process group do not reach it.
    detached: true,
    cwd: '/',
    env: plainEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
    ...options.as,
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  // Its pipe must neither keep our process alive nor, when somebody has killed the watchdog, end it.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  child.stdin.on('error', () => undefined);
  return {
    pid: child.pid,
    guard(serverPid) {
      if (kind === 'node') child.stdin.write(`server ${String(serverPid)}\n`);
    },
    async dismiss() {
      child.ref();
      child.stdin.end('done\n');
      await gone;
    },
  };
}
