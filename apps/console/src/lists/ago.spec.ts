import { ago } from './ago';

it('says how long ago something was, in the language of the reader', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const said = (at: string, locale = 'en'): string => ago(Date.parse(at), now, locale);
  expect([said('2026-03-01T11:59:30Z'), said('2026-03-01T11:00:00Z'), said('2026-02-28T12:00:00Z')]).toEqual(['30 seconds ago', '1 hour ago', 'yesterday']);
  expect(said('2026-03-01T11:57:00Z', 'zh-CN')).toBe('3 分钟前');
  expect(said('2025-01-02T12:00:00Z')).toBe('Jan 2, 2025');
  expect(said('never')).toBe('');
});
