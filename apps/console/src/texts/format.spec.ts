import { formatBytes, formatCountdown, formatDuration, formatMoment } from './format';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [123_456, '123 kB'],
  [2 * 1024 ** 3, '2.1 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [500, '500 ms', '500 毫秒'],
  [2_000, '2 s', '2 秒'],
  [1_250, '1.3 s', '1.3 秒'],
  [80_000, '1 min 20 s', '1 分 20 秒'],
  [1_800_000, '30 min', '30 分钟'],
  [86_400_000, '24 h', '24 小时'],
  [3_659_000, '1 h 1 min', '1 小时 1 分'],
  [366 * 86_400_000, '366 d', '366 天'],
])('%d ms are %s, %s', (ms, en, zh) => {
  expect([formatDuration(ms, 'en'), formatDuration(ms, 'zh')]).toEqual([en, zh]);
});

it('a countdown shows 1 until it is over', () => {
  expect([1, 999, 1_001, 59_001, 65_000, 3_723_000, 0, -5].map((ms) => formatCountdown(ms, 'en'))).toEqual([
    '1 s',
    '1 s',
    '2 s',
    '1:00',
    '1:05',
    '1:02:03',
    '0 s',
    '0 s',
  ]);
});

it('a moment that is none is shown as it is', () => {
  expect(formatMoment('soon', 'en')).toBe('soon');
  expect(formatMoment('2026-01-02T03:04:05.678Z', 'zh')).toMatch(/2026年1月/);
  expect(formatMoment('2026-01-02T03:04:05.678Z', 'en', true)).toMatch(/:04:05\.678$/);
});
