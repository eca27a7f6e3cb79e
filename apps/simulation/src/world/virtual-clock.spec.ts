import { Random } from '../random';
import { VirtualClock } from './virtual-clock';

describe('the virtual clock', () => {
  const clockOf = (seed = 1): VirtualClock => {
    const random = new Random(seed);
    return new VirtualClock(() => random.next());
  };

  it('jumps from timer to timer, and lets every promise go on in between', async () => {
    const clock = clockOf();
    const seen: (string | number)[] = [];
    clock.after(1_000, () => {
      void Promise.resolve().then(async () => {
        await Promise.resolve();
        seen.push('after the first', clock.monotonic());
      });
    });
    clock.after(86_400_000, () => seen.push('a day later', clock.monotonic()));
    await clock.run(Infinity);
    expect(seen).toEqual(['after the first', 1_000, 'a day later', 86_400_000]);
  });

  it('runs no timer early, none that was cancelled, and stops where it is told', async () => {
    const clock = clockOf();
    const random = new Random(2);
    const ran: number[] = [];
    const due = Array.from({ length: 500 }, () => random.between(0, 10_000));
    const cancels = due.map((at) => clock.after(at, () => ran.push(at)));
    for (const [n, cancel] of cancels.entries()) if (n % 3 === 0) cancel();
    await clock.run(5_000);
    const kept = due.filter((_, n) => n % 3 !== 0).sort((a, b) => a - b);
    expect(ran).toEqual(kept.filter((at) => at <= 5_000));
    expect(clock.monotonic()).toBe(5_000);
    await clock.run(10_000);
    expect(ran).toEqual(kept);
  });

  it('orders the timers of one moment by lot: the same for the same seed', async () => {
    const orderOf = async (seed: number): Promise<string> => {
      const clock = clockOf(seed);
      const order: number[] = [];
      for (let n = 0; n < 20; n++) clock.after(5, () => order.push(n));
      await clock.run(10);
      return order.join();
    };
    expect(await orderOf(1)).toBe(await orderOf(1));
    expect(new Set(await Promise.all([1, 2, 3].map(orderOf))).size).toBe(3);
  });
});
