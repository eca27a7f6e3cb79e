/** What workers will do about a task: drawn from the seed for every (task, round, type), so that each replica and each attempt acts alike. */
import { type Random } from '../random';

export const workerTypes = ['SQL', 'EXCEL', 'WEDATA'] as const;
export type WorkerType = (typeof workerTypes)[number];

export interface Behaviour {
  /** MUTE: it never answers whether it takes part. */
  readonly part: 'TAKE' | 'DECLINE' | 'MUTE';
  /** CRASHES: the scan's process ends, in every attempt. FLAKY: in the first attempts. MISSING: there are no bytes. */
  readonly end: 'PASS' | 'WARN' | 'QUALITY' | 'CRASHES' | 'FLAKY' | 'MISSING';
  readonly considerMs: number;
  readonly scanMs: number;
}

export function behaviourOf(random: Random): Behaviour {
  const part = random.pick<Behaviour['part']>(['TAKE', 'TAKE', 'TAKE', 'TAKE', 'DECLINE', 'DECLINE', 'MUTE']);
  return {
    part,
    end: random.pick<Behaviour['end']>(['PASS', 'PASS', 'PASS', 'WARN', 'QUALITY', 'QUALITY', 'CRASHES', 'FLAKY', 'MISSING']),
    considerMs: random.pick([random.between(0, 50), random.between(100, 800)]),
    scanMs: random.pick([
      random.between(0, 300),
      random.between(500, 4_000),
      random.between(500, 4_000),
      random.between(5_000, 20_000),
      random.between(5_000, 20_000),
      random.between(30_000, 75_000),
    ]),
  };
}

/** Comes forward at once and for sure: whoever is there to hear of the task. */
export function isWilling({ part, considerMs, end }: Behaviour): boolean {
  return part === 'TAKE' && considerMs <= 50 && end !== 'CRASHES';
}
