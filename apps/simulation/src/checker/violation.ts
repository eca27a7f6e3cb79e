/** What a history can be guilty of. Pure. */

export const errorClasses = {
  lost: 'somebody was told that it is kept, and it is nowhere',
  'conflicting-verdict': 'two verdicts for one revision of a task',
  'wrong-verdict': 'the facts that were judged give another verdict',
  stuck: 'it should have ended, and has not',
  'late-close': 'a window closed later than its deadline and some catching up',
  'late-unrecorded': 'a fact came after the close and is not in the ledger, or not marked',
  'recorded-twice': 'one fact has two entries in the ledger',
  'illegal-transition': 'a step that no history may take',
  'silent-revision': 'a verdict changed without a fact that says so',
  nonmonotonic: 'a reader saw a later state, then an earlier one',
  'duplicate-effect': 'one run of a worker ended twice',
  'phantom-effect': 'a worker told of a scan that never ran',
  unheard: 'a worker that would have come forward in time was judged as absent, although only others were away',
  'cancel-ignored': 'a cancel was accepted, and the round was judged as if nobody had asked',
  vacuous: 'the history shows too little to prove anything',
} as const;
export type ErrorClass = keyof typeof errorClasses;

export interface Violation {
  readonly error: ErrorClass;
  /** The task, mostly. */
  readonly key: string;
  readonly detail: string;
}

export const violation = (error: ErrorClass, key: string, detail: string): Violation => ({ error, key, detail });

/** A bound on what is shown of one kind. */
export const witnessesMax = 8;

export interface Finding {
  readonly error: ErrorClass;
  readonly means: string;
  readonly count: number;
  /** The first ones. */
  readonly witnesses: readonly Pick<Violation, 'key' | 'detail'>[];
}

export function summarised(violations: readonly Violation[]): readonly Finding[] {
  return [...Map.groupBy(violations, ({ error }) => error)].map(([error, all]) => ({
    error,
    means: errorClasses[error],
    count: all.length,
    witnesses: all.slice(0, witnessesMax).map(({ key, detail }) => ({ key, detail })),
  }));
}
