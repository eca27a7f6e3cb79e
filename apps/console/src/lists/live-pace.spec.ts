import { liveMsMax, liveMsMin, nextLiveMs } from './live-pace';

it('asks soon while something changes, and within a minute hardly any more', () => {
  expect(nextLiveMs(liveMsMax, true)).toBe(liveMsMin);
  let [ms, asked, at] = [liveMsMin, 0, 0];
  while (at < 600_000) {
    ms = nextLiveMs(ms, false);
    at += ms;
    asked++;
  }
  expect(ms).toBe(liveMsMax);
  expect(asked).toBeLessThan(28);
});
