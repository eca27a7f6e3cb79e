/**
 * Whether a text is a Quartz cron expression, and what is wrong with it otherwise. The checks are those of Quartz' own
 * `CronExpression` (quartz-scheduler/quartz, `quartz/src/main/java/org/quartz/CronExpression.java`): six or seven fields,
 * one `?`, `L`, `L-n`, `LW`, `nW`, `nL`, `n#k`, names of months and weekdays, steps.
 */
import { type Bilingual } from '@tributary/findings';

interface Field {
  readonly name: Bilingual;
  readonly min: number;
  readonly max: number;
  /** The widest step that Quartz accepts. */
  readonly stepMax: number;
  readonly names: readonly string[];
  /** What the first name stands for. */
  readonly firstName: number;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const field = (en: string, zh: string, min: number, max: number, stepMax: number, names: readonly string[] = []): Field => ({
  name: { en, zh },
  min,
  max,
  stepMax,
  names,
  firstName: 1,
});

const FIELDS = [
  field('seconds', '秒', 0, 59, 59),
  field('minutes', '分', 0, 59, 59),
  field('hours', '时', 0, 23, 23),
  field('day of month', '日', 1, 31, 31),
  field('month', '月', 1, 12, 12, MONTHS),
  field('day of week', '星期', 1, 7, 7, WEEKDAYS),
  field('year', '年', 1970, 2099, 129),
] as const;

export interface CronProblem {
  readonly message: Bilingual;
}

export type ParsedCron = { readonly kind: 'cron'; readonly fields: readonly string[] } | { readonly kind: 'broken'; readonly problem: CronProblem };

const broken = (en: string, zh: string): ParsedCron => ({ kind: 'broken', problem: { message: { en, zh } } });

/** Six or seven fields in upper case, each valid; or the first thing that is wrong. */
export function parseQuartz(expression: string): ParsedCron {
  const fields = expression
    .trim()
    .toUpperCase()
    .split(/[ \t]+/);
  if (expression.trim() === '') return broken('the expression is empty', '表达式为空');
  if (fields.length === 5) return broken('five fields as in Unix cron; Quartz wants seconds first', '只有五个字段（Unix 写法）；Quartz 还需要在最前面写秒');
  if (fields.length < 5 || fields.length > 7) return broken(`${fields.length} fields instead of six or seven`, `有 ${fields.length} 个字段，应为六个或七个`);
  for (const [index, text] of fields.entries()) {
    const rule = FIELDS[index];
    const problem = rule && fieldProblem(text, rule, index);
    if (problem) return { kind: 'broken', problem };
  }
  const questions = [fields[3], fields[5]].filter((text) => text === '?').length;
  if (questions === 2) return broken("'?' stands for the day of month or for the day of week, not for both", '日与星期不能同时为“?”');
  if (questions === 0) return broken("either the day of month or the day of week must be '?'", '日与星期中必须有一个为“?”');
  return { kind: 'cron', fields };
}

function fieldProblem(text: string, rule: Field, index: number): CronProblem | undefined {
  if (text === '?') return index === 3 || index === 5 ? undefined : wrong(text, rule);
  for (const part of text.split(',')) {
    if (index === 3 && isDayOfMonthSpecial(part)) continue;
    if (index === 5 && isDayOfWeekSpecial(part)) {
      if (text.includes(',')) return { message: { en: `'${part}' cannot stand in a list of weekdays`, zh: `“${part}”不能出现在星期列表里` } };
      continue;
    }
    const problem = partProblem(part, rule);
    if (problem) return problem;
  }
  return undefined;
}

function isDayOfMonthSpecial(part: string): boolean {
  const offset = /^L-(\d{1,2})W?$/.exec(part);
  if (offset) return Number(offset[1]) <= 30;
  const nearest = /^(\d{1,2})W$/.exec(part);
  if (nearest) return Number(nearest[1]) >= 1 && Number(nearest[1]) <= 31;
  return part === 'L' || part === 'LW';
}

function isDayOfWeekSpecial(part: string): boolean {
  return part === 'L' || /^(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5])$/.test(part);
}

/** `*`, `n`, `n-m`, each with `/step`. */
function partProblem(part: string, rule: Field): CronProblem | undefined {
  const match = /^(\*|[A-Z0-9]+(?:-[A-Z0-9]+)?)?(?:\/(\d+))?$/.exec(part);
  if (!match || part === '') return wrong(part, rule);
  const [, range, step] = match;
  if (range === undefined && step === undefined) return wrong(part, rule);
  if (step !== undefined && (Number(step) < 1 || Number(step) > rule.stepMax)) {
    return {
      message: { en: `the step ${step} of the ${rule.name.en} is beyond 1-${rule.stepMax}`, zh: `${rule.name.zh}字段的步长 ${step} 超出 1-${rule.stepMax}` },
    };
  }
  for (const end of range === undefined || range === '*' ? [] : range.split('-')) {
    const value = numberOf(end, rule);
    if (value === undefined) return wrong(part, rule);
    if (value < rule.min || value > rule.max) {
      return {
        message: {
          en: `${end} is no value of the ${rule.name.en} (${rule.min}-${rule.max})`,
          zh: `${end} 不是${rule.name.zh}字段的有效值（${rule.min}-${rule.max}）`,
        },
      };
    }
  }
  return undefined;
}

function numberOf(text: string, { names, firstName }: Field): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const at = names.indexOf(text);
  return at < 0 ? undefined : at + firstName;
}

const wrong = (part: string, { name }: Field): CronProblem => ({
  message: { en: `'${part}' means nothing in the field of the ${name.en}`, zh: `“${part}”在${name.zh}字段里没有意义` },
});
