import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repoRoot = resolve(__dirname, '../../..');

describe('a test that forgets to stop its server', () => {
  const dir = join(repoRoot, 'dist', `left-running-${String(process.pid)}`);
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('neither keeps Jest alive nor leaves the server', () => {
    mkdirSync(join(dir, 'src'), { recursive: true });
    writeFileSync(
      join(dir, 'src', 'forgetful.int.spec.ts'),
      `import { testPostgres } from '@tributary/testing';
       it('starts', async () => { process.stderr.write('port=' + new URL((await testPostgres()).url).port + '\\n'); }, 30_000);`,
    );
    const jest = join(repoRoot, 'node_modules', 'jest', 'bin', 'jest.js');
    const script = `"$1" "$2" --rootDir="$3" --config="$4" 2>&1`;
    // The limit is the assertion: a Jest that waits for the server does not come back.
    const told = execFileSync('/bin/sh', ['-c', script, 'sh', process.execPath, jest, dir, join(repoRoot, 'jest.config.mjs')], {
      env: { ...process.env, TRIBUTARY_TIER: 'int', TRIBUTARY_TEST_SERVICES: 'local' },
      encoding: 'utf8',
      timeout: 40_000,
      cwd: repoRoot,
    });
    expect(told).toContain('1 passed');
    expect(told).not.toContain('did not exit');
    const port = /port=(\d+)/.exec(told)?.[1] ?? '0';
    const alive = `i=0; while [ $i -lt 30 ]; do ps -eo args | grep -q "[p]ostgres -D .* -p ${port} " || exit 0; i=$((i+1)); sleep 0.1; done; exit 1`;
    execFileSync('/bin/sh', ['-c', alive]);
  });
});
