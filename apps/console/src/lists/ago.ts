/** How long ago a moment was, in words. Pure. */

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
] as const;

/** Figures stand off from Chinese words everywhere else, too. */
const touching = /(\d)(\p{Script=Han})/u;

/** Beyond a month: the day. */
export function ago(atMs: number, nowMs: number, locale: string): string {
  if (Number.isNaN(atMs)) return '';
  let amount = Math.round((atMs - nowMs) / 1_000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, per] of steps) {
    if (Math.abs(amount) < per) return words.format(amount, unit).replace(touching, '$1 $2');
    amount = Math.round(amount / per);
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs);
}
