/** Ctrl-C at any moment of a start: nothing of the cluster stays behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@tributary/local-runtime';
import { describeWithLocalKafka } from '@tributary/testing';
import { until } from './testing/until';

const root = join(__dirname, '..', '..', '..');

/** Processes that have our data folder in their environment: every service, and its scan processes. */
function servicesOf(dataFolder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TRIBUTARY_STORE_FOLDER=${dataFolder}`)
          ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
          : [];
      } catch {
        // It has just ended, or is not ours to look at.
        return [];
      }
    });
}

describeWithLocalKafka('[W-027] a cluster that is stopped while it starts', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tributary stop '));
  chmodSync(dataFolder, 0o755);
  let cluster: ChildProcess | undefined;
  afterAll(() => {
    cluster?.kill('SIGKILL');
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  it.each(['gateway', 'ready'])('at once: %s', async (moment) => {
    const port = await freePort();
    const args = [join(root, 'tools', 'cluster.mjs'), '--data', dataFolder, '--port', String(port)];
    const started = spawn(process.execPath, args, { cwd: root, detached: true, stdio: 'ignore' });
    cluster = started;
    const ended = new Promise<number | null>((resolve) => started.once('exit', resolve));
    const answers = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200;
    const runs = (): boolean => servicesOf(dataFolder).some((line) => line.includes(`${moment}/main.js`));
    await until(`the moment ${moment}`, moment === 'ready' ? answers : runs, { withinMs: 60_000, everyMs: 5 });
    started.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(servicesOf(dataFolder)).toEqual([]);
  });
});
