import { parseMoment } from './moment';

it.each([
  ['2025-09-02 00:00:00', Date.UTC(2025, 8, 2)],
  ['2099-12-31 23:59:59', Date.UTC(2099, 11, 31, 23, 59, 59)],
  ['2026-02-30 00:00:00', undefined],
  ['2026-02-03', undefined],
  ['2026-02-03 24:00:00', undefined],
  ['2026-13-03 00:00:00', undefined],
])('%s is the moment %s', (text, moment) => {
  expect(parseMoment(text)).toBe(moment);
});
