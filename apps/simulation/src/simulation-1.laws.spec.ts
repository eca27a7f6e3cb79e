import { leastInAHundred, manySeeds } from './testing/many-seeds';

jest.setTimeout(600_000);

// Half of the seeds in each of two files, so that two cores share them.
const [first, count] = [1, 250];

describe(`the gate under faults, seeds ${first} to ${first + count - 1}`, () => {
  it('[I1 I2 I3 I4 I5 I6 I7] keeps what may be relied on', async () => {
    const { failures, counts } = await manySeeds(first, count);
    expect(failures).toEqual([]);
    for (const [what, least] of Object.entries(leastInAHundred))
      expect({ what, enough: (counts[what] ?? 0) >= (least * count) / 100 }).toEqual({ what, enough: true });
  });
});
