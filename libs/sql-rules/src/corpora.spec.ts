import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSql } from './check';
import { sqlRules } from './catalogue';
import { dialects, type SqlDialect } from './dialect';

const corpora = join(__dirname, '../../../../shared/corpora/sql');
const structural = new Set(
  sqlRules.filter(({ id, syntax }) => syntax === true || id === 'sql/unterminated' || id === 'sql/fullwidth-character').map(({ id }) => id),
);

if (!existsSync(corpora)) process.stdout.write(`skipped: valid SQL of strangers: there is no folder ${corpora}\n`);

(existsSync(corpora) ? describe : describe.skip)('valid SQL of strangers', () => {
  const folders = existsSync(corpora) ? readdirSync(corpora).map((folder) => [folder, folder === 'sparksql' ? 'spark' : folder] as const) : [];

  it.each(folders)('%s has no syntax error, with its dialect known or guessed', (folder, name) => {
    expect(dialects).toContain(name);
    const wrong: string[] = [];
    for (const file of readdirSync(join(corpora, folder))) {
      const text = readFileSync(join(corpora, folder, file), 'utf8');
      for (const dialect of [name as SqlDialect, 'generic' as const, undefined]) {
        const { findings } = checkSql({ path: file, text, ...(dialect ? { dialect } : {}) });
        for (const { ruleId, location, evidence } of findings) {
          if (structural.has(ruleId)) wrong.push(`${file}:${String(location.range?.startLine)} as ${dialect ?? 'guessed'}: ${ruleId} ${evidence ?? ''}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
