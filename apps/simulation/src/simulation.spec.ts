import { judgedRun } from './judged-run';
import { simulate } from './simulate';

jest.setTimeout(60_000);

describe('the simulation', () => {
  it('tells the same history for the same seed, and another one for another', async () => {
    const [first, again, other] = [await simulate(7), await simulate(7), await simulate(8)];
    expect(again.hash).toBe(first.hash);
    expect(again.events).toEqual(first.events);
    expect(other.hash).not.toBe(first.hash);
  });

  it('is over in the end, and shows what went wrong on the way', async () => {
    const { coverage, events, findings, refed } = await judgedRun(100);
    expect(findings).toEqual([]);
    expect(coverage.uploads).toBeGreaterThanOrEqual(8);
    expect(refed).toBeGreaterThanOrEqual(coverage.uploads);
    expect(Object.keys(coverage.faults).length).toBeGreaterThan(5);
    expect(events.at(-1)).toMatchObject({ f: 'phase', key: 'books' });
  });
});
