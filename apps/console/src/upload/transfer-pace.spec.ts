import { bytesPerSecond, type Sample, timeLeftMs, withSample } from './transfer-pace';

const samples = (...pairs: (readonly [number, number])[]): readonly Sample[] =>
  pairs.reduce<readonly Sample[]>((past, [at, bytes]) => withSample(past, { at, bytes }), []);

it('says nothing before it can know', () => {
  expect(bytesPerSecond([])).toBeUndefined();
  expect(bytesPerSecond(samples([0, 0], [500, 1_000]))).toBeUndefined();
  expect(timeLeftMs(samples([0, 0]), 100)).toBeUndefined();
});

it('goes by the last seconds only', () => {
  const slowThenFast = samples([0, 0], [10_000, 1_000], [11_000, 101_000], [12_000, 201_000]);
  expect(bytesPerSecond(slowThenFast)).toBe(100_000);
  expect(timeLeftMs(slowThenFast, 301_000)).toBe(1_000);
});

it('a transfer that stands still has no end in sight', () => {
  expect(timeLeftMs(samples([0, 10], [2_000, 10]), 100)).toBeUndefined();
});
