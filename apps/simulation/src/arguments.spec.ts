import { ArgumentError, readArguments } from './arguments';

describe('the arguments', () => {
  it('have defaults', () => {
    expect(readArguments([])).toEqual({ help: false, seed: 1, count: 1, json: false });
    const all = ['--seed', '0', '--count', '20', '--jobs', '3', '--json', '--trace', 'a.jsonl'];
    expect(readArguments(all)).toEqual({ help: false, seed: 0, count: 20, jobs: 3, json: true, trace: 'a.jsonl' });
  });

  it.each([['--seed', 'x'], ['--seed', '-1'], ['--seed', '1.5'], ['--count', '0'], ['--jobs', '0'], ['--nothing'], ['--seed', '99999999999999999999']])(
    'refuse %s %s',
    (...given) => {
      expect(() => readArguments(given)).toThrow(ArgumentError);
    },
  );
});
