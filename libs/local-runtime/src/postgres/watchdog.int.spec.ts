import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync, writeFileSync, chmodSync, mkdirSync, existsSync } from 'node:fs';
import { until } from '../sleep';
import { nodeWatchdog, shellWatchdog } from './watchdog';

/** A pg_ctl that only writes down how it was called: the real one is part of the server's own tests. */
function recordingPgCtl(dir: string): { readonly pgCtl: string; readonly calls: () => string } {
  const [pgCtl, log] = [join(dir, 'pg_ctl'), join(dir, 'calls')];
  writeFileSync(pgCtl, `#!/bin/sh\necho "$@" >> "${log}"\n`);
  chmodSync(pgCtl, 0o755);
  return { pgCtl, calls: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

describe.each(['shell', 'node'] as const)('the %s watchdog', (kind) => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary watchdog '));
  const mark = 'tributary-0123456789ab';
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  async function play(name: string, said: string, recordedPid: number): Promise<string> {
    const clusterDir = join(dir, name);
    mkdirSync(clusterDir);
    writeFileSync(join(clusterDir, 'postmaster.pid'), `${String(recordedPid)}\n${clusterDir}\n`);
    const { pgCtl, calls } = recordingPgCtl(clusterDir);
    const child =
      kind === 'shell'
        ? spawn('/bin/sh', ['-c', shellWatchdog, 'tributary-watchdog', clusterDir, pgCtl, mark], { stdio: ['pipe', 'inherit', 'inherit'] })
        : spawn(process.execPath, ['-e', nodeWatchdog, clusterDir, pgCtl], { stdio: ['pipe', 'inherit', 'inherit'] });
    let over = false;
    child.once('exit', () => (over = true));
    child.stdin.end(said);
    expect(await until(() => over, 10_000)).toBe(true);
    return calls();
  }

  it('stops the marked server when the pipe breaks', async () => {
    const server = spawn('/bin/sh', ['-c', 'sleep 60; true', 'postgres', mark], { stdio: 'ignore', detached: true });
    try {
      const said = kind === 'node' ? `server ${String(server.pid)}\n` : '';
      expect(await play('broken', said, server.pid!)).toContain('stop -D');
    } finally {
      process.kill(-server.pid!, 'SIGKILL');
    }
  });

  it('does nothing after a proper stop', async () => {
    expect(await play('stopped', kind === 'node' ? `server ${String(process.pid)}\ndone\n` : 'done\n', process.pid)).toBe('');
  });

  it('does nothing to a server that is not ours', async () => {
    expect(await play('foreign', kind === 'node' ? 'server 4000000\n' : '', process.pid)).toBe('');
  });
});
