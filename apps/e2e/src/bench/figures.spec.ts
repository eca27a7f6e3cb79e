import { ArgumentError, readArguments } from './arguments';
import { figureOf, formatTable, quantile, rounded } from './figures';

describe('figures', () => {
  it('take the median in the middle, and spread from the values alone', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([5], 0.99), quantile([1, 2, 3], 1)]).toEqual([2.5, 5, 3]);
    expect(quantile([], 0.5)).toBeNaN();
    expect(figureOf('accept', { what: 'latency', unit: 'ms', values: [3, 1, 2] })).toMatchObject({ benchmark: 'accept', median: 2, samples: 3 });
  });

  it('are rounded to what they can tell', () => {
    expect([rounded(0.012345), rounded(12.345), rounded(1234.5), rounded(Number.NaN)]).toEqual(['0.0123', '12.3', '1235', '-']);
  });

  it('line up in a table; one value has no spread', () => {
    const table = formatTable([figureOf('a', { what: 'speed', unit: 'MB/s', values: [120], cpu: { ms: 7, per: 'MB' }, note: 'warm' })]);
    expect(table).toBe('benchmark  what   median    p10  p90  p99  n  CPU      note\na          speed  120 MB/s                 1  7 ms/MB  warm\n');
  });
});

describe('the arguments of a benchmark run', () => {
  it('choose benchmarks by name, and refuse unknown ones', () => {
    expect(readArguments(['idle', '--json'], ['idle', 'lag'])).toEqual({ help: false, json: true, long: false, names: ['idle'] });
    expect(() => readArguments(['idel'], ['idle'])).toThrow(ArgumentError);
    expect(() => readArguments(['--fast'], [])).toThrow(/--help/);
  });
});
