import { cronProblem } from './cron';
import { parseMoment } from './moment';

it.each([
  '0 0 0 * * ? *',
  '0 0 0 * * ?',
  '0 0 0-23/1 * * ?',
  '0 0/30 0-23 * * ? *',
  '0 37 14 * * ? *',
  '0 0 22 30 * ?',
  '0 2 3 1,L,2 * ?',
  '0 0 2 L-3 * ?',
  '0 0 2 ? * 6L',
  '0 0 2 ? * 2#1',
  '0 0 2 ? * MON-FRI',
  '0 0 22-2 * * ? 2026-2030',
])('the cron %s is accepted', (text) => {
  expect(cronProblem(text)).toBeUndefined();
});

it.each([
  '',
  '0 2 * * *',
  '0 61 2 * * ?',
  '0 0 24 * * ?',
  '0 0 2 * * *',
  '0 0 2 ? * ?',
  '? 0 2 * * ?',
  '0 0 2 * * ? * *',
  '0 a 2 * * ?',
  '0 0 2 32 * ?',
  '0 0 2 ? * 8',
  '0 0 2 ? * 0',
  '0 0 2 * * ? 2100',
  '0 0 2 * * ? 13',
])('the cron %j is refused', (text) => {
  expect(cronProblem(text)).toEqual({ en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) });
});

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
