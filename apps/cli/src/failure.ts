/** Why a command could not do what it was asked, in words of its own. */
import { type TextKey, type TextValues } from './texts';

/** The person made a mistake that this side can see: exit code 2, no stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    /** UPPER_SNAKE, for `--json`. */
    readonly code: string,
    readonly text: TextKey,
    readonly values: TextValues = {},
    /** What to do about it. */
    readonly wayOut?: { readonly text: TextKey; readonly values?: TextValues },
  ) {
    super(code);
  }
}

/** Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** `--timeout` is over. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(readonly afterMs: number) {
    super(`timed out after ${afterMs} ms`);
  }
}
