import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkWedata } from './check';
import { recogniseWedata } from './recognise';

const folder = join(__dirname, '../../../../shared/corpora/wedata');
const present = existsSync(folder);
if (!present) process.stdout.write(`skipped: real answers and requests of the API: there is no folder ${folder}\n`);

/** An answer of the API that says "internal error" is no definition of anything. */
const notDefinitions: Readonly<Record<string, string>> = { 'GetOpsTask-1.json': 'API_ERROR_ANSWER' };

(present ? describe : describe.skip)('real answers and requests of the API', () => {
  const files = present ? readdirSync(folder).filter((file) => file.endsWith('.json')) : ['absent'];

  it.each(files)('%s is recognised and has no blocker and no error', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const recognition = recogniseWedata(file, text);
    if (recognition.kind === 'none') {
      expect(recognition.reasonCode).toBe(notDefinitions[file]);
      return;
    }
    expect(notDefinitions[file]).toBeUndefined();
    const { findings } = checkWedata({ path: file, text, uploadedAt: Date.UTC(2025, 8, 1) });
    expect(findings.filter(({ severity }) => severity === 'blocker' || severity === 'error')).toEqual([]);
  });

  it('carry SQL that can be decoded', () => {
    const sql = files.flatMap((file) => checkWedata({ path: file, text: readFileSync(join(folder, file), 'utf8') }).embeddedSql);
    expect(sql.map(({ dialectHint }) => dialectHint ?? 'any').sort()).toEqual(['any', 'impala', 'postgres', 'starrocks']);
    expect(sql.every(({ text }) => /\b(?:select|show)\b/i.test(text))).toBe(true);
  });
});
