import { momentIn } from './moment';

it.each([
  ['2026-11-20', Date.UTC(2026, 10, 20)],
  ['2026/1/2 08:30', Date.UTC(2026, 0, 2, 8, 30)],
  ['2026-11-20 08:30:59', Date.UTC(2026, 10, 20, 8, 30, 59)],
  ['20261120', Date.UTC(2026, 10, 20)],
  [20261120, Date.UTC(2026, 10, 20)],
  ['2026-02-30', undefined],
  ['2026-1120', undefined],
  ['202611', undefined],
  ['tomorrow', undefined],
  [true, undefined],
  [null, undefined],
])('%s is the moment %s', (value, moment) => {
  expect(momentIn(value)).toBe(moment);
});
