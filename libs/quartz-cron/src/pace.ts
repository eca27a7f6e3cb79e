/** How often a valid Quartz expression fires, as far as its fields tell without a calendar. */
export type Pace = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'once';

type Shape = 'every' | 'several' | 'one';

function shapeOf(text: string | undefined): Shape {
  if (text === undefined || text === '*') return 'every';
  return /[*,/]|\d-\d|[A-Z]-[A-Z]/.test(text) ? 'several' : 'one';
}

/** Several values may be read both ways: 02:00 and 14:00 is "daily, twice" to some and "every 12 hours" to others, so both are given. */
const either = (shape: Shape, fine: Pace, ...coarse: Pace[]): readonly Pace[] => (shape === 'every' ? [fine] : [fine, ...coarse]);

/** The paces that the fields of `parseQuartz` can be called; never empty. */
export function pacesOf(fields: readonly string[]): readonly Pace[] {
  const [second, minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (shapeOf(second) !== 'one') return either(shapeOf(second), 'second', 'minute');
  if (shapeOf(minute) !== 'one') return either(shapeOf(minute), 'minute', 'hour');
  if (shapeOf(hour) !== 'one') return either(shapeOf(hour), 'hour', 'day');
  if (dayOfMonth === '?') {
    if (shapeOf(dayOfWeek) !== 'one') return either(shapeOf(dayOfWeek), 'day', 'week');
    if (!/#|.L$/.test(dayOfWeek ?? '')) return ['week'];
  } else if (shapeOf(dayOfMonth) !== 'one') return either(shapeOf(dayOfMonth), 'day', 'month');
  if (shapeOf(month) !== 'one') return either(shapeOf(month), 'month', 'quarter', 'year');
  return year !== undefined && shapeOf(year) === 'one' ? ['once'] : ['year'];
}

/** True when the expression names a day that its month never has, such as 31 February. */
export function neverFires(fields: readonly string[]): boolean {
  const [, , , dayOfMonth = '', month = ''] = fields;
  if (!/^\d+$/.test(dayOfMonth)) return false;
  const day = Number(dayOfMonth);
  if (month === '2' || month === 'FEB') return day > 29;
  return day > 30 && ['4', '6', '9', '11', 'APR', 'JUN', 'SEP', 'NOV'].includes(month);
}
