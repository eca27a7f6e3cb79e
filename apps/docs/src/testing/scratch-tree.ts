/** A copy of the repository that a test may change: every file that Git knows or would know, and the packages of the original. */
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');

export interface Ended {
  readonly code: number | null;
  /** Of both streams, as they came. */
  readonly output: string;
  readonly tookMs: number;
}

export class ScratchTree {
  /** Its absolute path. */
  readonly root: string;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'tributary-scratch-'));
    // An embedded PostgreSQL that root starts belongs to another account, which must be able to get there.
    chmodSync(this.root, 0o755);
    const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
    for (const path of listed.stdout.split('\0')) if (path !== '' && existsSync(join(root, path))) this.#copy(path);
    symlinkSync(join(root, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Runs Node here, to its end. */
  node(...argv: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, argv, { cwd: this.root, encoding: 'utf8', env: cleanEnvironment(), maxBuffer: 1 << 26 });
  }

  /** The unit tests of a project: Jest's own report. */
  test(project: string, ...pattern: readonly string[]): { readonly success: boolean; readonly numPassedTests: number; readonly said: string } {
    const report = join(this.root, 'dist', 'report.json');
    mkdirSync(dirname(report), { recursive: true });
    rmSync(report, { force: true });
    const run = this.node('node_modules/jest/bin/jest.js', `--rootDir=${project}`, '--config=jest.config.mjs', '--json', `--outputFile=${report}`, ...pattern);
    const { success = false, numPassedTests = 0 } = JSON.parse(existsSync(report) ? readFileSync(report, 'utf8') : '{}') as {
      success?: boolean;
      numPassedTests?: number;
    };
    return { success, numPassedTests, said: run.stderr };
  }

  /** As in a terminal: one shell, which ends at the first command that fails. */
  async shell(commands: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const began = performance.now();
    const PATH = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const child = spawn('bash', ['-ec', commands], { cwd: this.root, env: { ...cleanEnvironment(), PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    return { code, output, tookMs: performance.now() - began };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  #copy(path: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    copyFileSync(join(root, path), join(this.root, path));
  }
}

/** Nothing of ours is inherited, and nothing of Jest's or npm's. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TRIBUTARY_|JEST_|NODE_ENV|NODE_OPTIONS|OTEL_|FORCE_COLOR|npm_|INIT_CWD|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', NX_DAEMON: 'false' };
}
