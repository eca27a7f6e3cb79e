/** Why a laptop cannot run Tributary right now, with a hint that says what to do about it. */

/**
 * DATA_FOLDER_IN_USE: another Tributary runs on it. READ_ONLY_FOLDER: we may not write there. NOT_OUR_FOLDER: it holds something else, which we leave alone.
 * NO_BINARIES: no program for this machine. NO_UNPRIVILEGED_USER: started as root, and no account exists that PostgreSQL would run as.
 * INIT_FAILED, START_FAILED, STOP_FAILED: a program ran and refused; `detail` has its own words. NO_JAVA, NO_MAVEN, JARS_FAILED: the local Kafka cannot be prepared. ABORTED: asked to stop during the start.
 */
export type LocalRuntimeErrorCode =
  | 'ADDRESS_UNUSABLE'
  | 'DATA_FOLDER_IN_USE'
  | 'READ_ONLY_FOLDER'
  | 'NOT_OUR_FOLDER'
  | 'NO_BINARIES'
  | 'NO_UNPRIVILEGED_USER'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'STOP_FAILED'
  | 'NO_JAVA'
  | 'NO_MAVEN'
  | 'JARS_FAILED'
  | 'INVALID_OPTION'
  | 'ABORTED';

export interface Hint {
  readonly en: string;
  readonly zh: string;
}

export class LocalRuntimeError extends Error {
  override readonly name = 'LocalRuntimeError';

  constructor(
    readonly code: LocalRuntimeErrorCode,
    message: string,
    readonly hint: Hint,
    /** What the program itself said: the last lines of its output. */
    readonly detail: string = '',
  ) {
    super(message);
  }
}

export function isLocalRuntimeError(error: unknown): error is LocalRuntimeError {
  return error instanceof LocalRuntimeError;
}

/** The code of a system error (`EACCES`) or of a database's (`28P01`), or '' for anything else. Told by its shape: errors may come from another realm. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' ? error.message : String(error);
}
