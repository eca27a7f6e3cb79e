/** Every text is there in both languages, says the same with the same values, and is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bilingual } from './language';
import { globalOptions } from './global-options';
import { texts } from './texts';
import { commands, groups } from './tree';

const han = /\p{Script=Han}/u;
/** Names, codes and marks that are the same for everybody. */
const same = /^(?:[\p{P}\p{S}\s\d]|\{\w+\}|sha256|Node|tributary|dead-letters|list|--state|open)*$/u;

function valuesIn(text: string): string[] {
  // The plural is English alone.
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].filter((name) => name !== 's').sort();
}

describe('texts', () => {
  it.each(Object.entries(texts))('%s', (_, { en, zh }: Bilingual) => {
    expect(valuesIn(zh)).toEqual(valuesIn(en));
    expect(en.trim()).not.toBe('');
    expect(han.test(en)).toBe(false);
    expect(han.test(zh) || same.test(zh)).toBe(true);
  });

  it('are all used', () => {
    const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.texts.') && !file.includes('.spec.'))
      .map((file) => readFileSync(join(__dirname, file), 'utf8'))
      .join('\n');
    expect(Object.keys(texts).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });

  it('commands say everything in both languages', () => {
    const said: Bilingual[] = [
      ...groups.map(({ says }) => says),
      ...globalOptions.map(({ says }) => says),
      ...commands.flatMap(({ says, more = [], json, arguments: taken = [], options = [], examples }) => [
        ...[says, ...more, ...(json ? [json] : [])],
        ...[...taken, ...options, ...examples].map((each) => each.says),
      ]),
    ];
    for (const { en, zh } of said) {
      expect([en, en.trim() !== '', han.test(en)]).toEqual([en, true, false]);
      expect([en, han.test(zh) || /^(zsh|fish|\{.*\})$/.test(zh)]).toEqual([en, true]);
    }
  });
});
