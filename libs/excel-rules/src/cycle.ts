/** The words for how often a task runs. */
import { type Pace } from '@tributary/quartz-cron';

export type Cycle = Pace | 'manual' | 'cron';

const words: Readonly<Record<Cycle, readonly string[]>> = {
  second: ['秒'],
  minute: ['分钟', '分', 'minute', 'i', 'minute_cycle', '每分钟'],
  hour: ['小时', '时', 'hour', 'hourly', 'h', 'hour_cycle', '每小时'],
  day: ['日', '天', 'day', 'daily', 'd', 'day_cycle', '每日', '每天', '日调度'],
  week: ['周', 'week', 'weekly', 'w', 'week_cycle', '每周', '星期'],
  month: ['月', 'month', 'monthly', 'm', 'month_cycle', '每月', 'me', 'mb'],
  quarter: ['季', '季度', 'quarter', 'quarterly', 'q', '每季', '每季度', 'qe', 'qb'],
  year: ['年', 'year', 'yearly', 'y', 'year_cycle', '每年'],
  once: ['一次', '一次性', '单次', 'once', 'oneoff', 'o', 'oneoff_cycle'],
  manual: ['手动', 'manual', '事件', 'event', '触发'],
  cron: ['cron', 'crontab', 'c', 'crontab_cycle', '自定义'],
};

const cycleByWord = new Map((Object.entries(words) as [Cycle, readonly string[]][]).flatMap(([cycle, names]) => names.map((name) => [name, cycle] as const)));

/** `日`, `Daily`, `DAY_CYCLE` -> day; `W1` (DolphinScheduler: every Monday) -> week; undefined for any other word. */
export function cycleOf(text: string): Cycle | undefined {
  const word = text.normalize('NFKC').trim().toLowerCase();
  return cycleByWord.get(word) ?? (/^w[1-7]$/.test(word) ? 'week' : undefined);
}
