/** Whether the scheduler takes a cron expression: croner reads the fields, and the one rule that it does not know is checked here. */
import { Cron } from 'croner';
import { type Bilingual } from '@tributary/findings';

/** Undefined for a valid expression of six or seven fields, Quartz style. */
export function cronProblem(expression: string): Bilingual | undefined {
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) return { en: 'five fields as in Unix cron; seconds come first here', zh: '只有五个字段（Unix 写法），此处需要在最前面写秒' };
  if (fields.length !== 6 && fields.length !== 7)
    return { en: `${fields.length} fields instead of six or seven`, zh: `有 ${fields.length} 个字段，应为六个或七个` };
  const questions = [fields[3], fields[5]].filter((text) => text === '?').length;
  if (questions !== 1) return { en: "one of day of month and day of week must be '?', the other one not", zh: '日与星期中必须恰有一个为“?”' };
  if (fields.some((text, index) => text.includes('?') && (text !== '?' || (index !== 3 && index !== 5))))
    return { en: "'?' can only stand for a day", zh: '“?”只能用于日或星期' };
  if (/(?<![#\d])(?:0|[89]|\d\d+)(?!\d)/.test((fields[5] ?? '').replace(/\/\d+/g, '')))
    return { en: 'weekdays go from 1 (Sunday) to 7', zh: '星期取值为 1（周日）到 7' };
  const years = fields[6]?.match(/\d+/g)?.map(Number) ?? [];
  if (fields[6] !== undefined && !/^\*|^\d+\/\d+$/.test(fields[6]) && years.some((year) => year < 1970 || year > 2099))
    return { en: 'years go from 1970 to 2099', zh: '年份取值为 1970 到 2099' };
  const readable = fields.map(inCronersWords).join(' ');
  try {
    // Built without a function to run, it starts no timer and asks no clock.
    new Cron(readable, { mode: '6-or-7-parts', alternativeWeekdays: true, sloppyRanges: true, paused: true });
    return undefined;
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, '');
    return { en: detail, zh: `字段取值错误（${detail}）` };
  }
}

/** croner knows neither "so many days before the last" nor ranges over midnight (22-2), which Quartz does: both become what stands for them. */
function inCronersWords(field: string, index: number): string {
  const plain = index === 3 ? field.replace(/^L-(?:[12]?\d|30)$/, 'L') : field.replace(/^L$/, '7');
  return plain.replace(/(\d+)-(\d+)(?:\/(\d+))?/g, (range, from: string, to: string) => (Number(from) > Number(to) ? `${from},${to}` : range));
}
