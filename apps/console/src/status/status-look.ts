/** How each state looks: a tone and a shape of its own, so that colour never says it alone. Pure. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'calm';
export type Shape = 'check' | 'half' | 'cross' | 'slash' | 'ring' | 'dots' | 'question' | 'dashes' | 'minus' | 'clock' | 'unplugged';

export interface Look {
  readonly tone: Tone;
  readonly shape: Shape;
}

const looks: Readonly<Record<string, Look>> = {
  INIT: { tone: 'busy', shape: 'ring' },
  RUNNING: { tone: 'busy', shape: 'dots' },
  SUCCESS: { tone: 'good', shape: 'check' },
  PARTIAL_SUCCESS: { tone: 'warn', shape: 'half' },
  FAILED: { tone: 'bad', shape: 'cross' },
  CANCELLED: { tone: 'calm', shape: 'slash' },
  PASS: { tone: 'good', shape: 'check' },
  WARN: { tone: 'warn', shape: 'half' },
  QUALITY: { tone: 'bad', shape: 'cross' },
  TRANSIENT: { tone: 'bad', shape: 'unplugged' },
  UNRECOVERABLE: { tone: 'bad', shape: 'unplugged' },
  declined: { tone: 'calm', shape: 'minus' },
  silent: { tone: 'calm', shape: 'question' },
  awaited: { tone: 'calm', shape: 'dashes' },
  late: { tone: 'warn', shape: 'clock' },
  unreachable: { tone: 'bad', shape: 'unplugged' },
};

/** What nobody here knows is shown calmly, by its name. */
export function lookOf(state: string): Look {
  return looks[state] ?? { tone: 'calm', shape: 'ring' };
}
