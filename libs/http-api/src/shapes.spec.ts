/** What clients of every age may meet: documents grow, and what is promised stays. */
import { deadLetterShape, findingShape, listOf, problemShape } from './index';

describe('the documents of the API', () => {
  it('[P-024] a problem keeps members that a client does not know', () => {
    const problem = { type: 'urn:tributary:problem:x', title: 'T', status: 503, detail: 'd', code: 'X', retryAfterMs: 20 };
    expect(problemShape.parse(problem)).toEqual(problem);
    expect(problemShape.safeParse({ ...problem, code: undefined }).success).toBe(false);
  });

  it('a page has items, and a cursor only where there is more', () => {
    const page = listOf(findingShape);
    const finding = { type: 'FOO', ruleId: 'R1', severity: 'error', message: 'm', location: { path: 'a.sql' }, fingerprint: 'f' };
    expect(page.safeParse({ items: [finding] }).success).toBe(true);
    expect(page.safeParse({ items: [finding], nextCursor: 'c' }).success).toBe(true);
    expect(page.safeParse({ items: [{ ...finding, location: {} }] }).success).toBe(false);
    expect(page.safeParse({}).success).toBe(false);
  });

  it('a dead letter has one of three states', () => {
    const letter = {
      id: '0190a0b0-0000-7000-8000-000000000001',
      topic: 't',
      group: 'g',
      partition: 0,
      offset: 1,
      reason: 'R',
      detail: 'd',
      at: '2026-01-01T00:00:00.000Z',
    };
    expect(['open', 'replayed', 'discarded', 'lost'].map((state) => deadLetterShape.safeParse({ ...letter, state }).success)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
