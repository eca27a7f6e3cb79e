import { StopWish } from './stop-wish';

describe('signals to stop [W-027]', () => {
  it('one Ctrl-C that arrives twice through npm drains; a second one by hand ends at once', () => {
    let now = 10_000;
    const wish = new StopWish(() => now);
    expect(wish.heard()).toBe('drain');
    now += 3;
    expect(wish.heard()).toBe('echo');
    now += 1_400;
    expect(wish.heard()).toBe('echo');
    now += 200;
    expect(wish.heard()).toBe('end at once');
  });
});
