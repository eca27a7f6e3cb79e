/** Time and identity of the real world; a simulation brings its own. */
import { type Clock, systemClock } from '@tributary/fact-bus';
import { v5, v7 } from 'uuid';

export { type Clock, systemClock };

export interface Identity {
  /** A new UUID v7. */
  fresh(): string;
}

export const systemIdentity: Identity = { fresh: () => v7() };

const namespace = '5d4f6d1c-7f0e-5b0a-9c64-0b6f3a1c2e11';

/** The same id for the same cause and purpose: a fact told again is the same fact. */
export function derivedId(cause: string, purpose: string, ...parts: readonly (string | number)[]): string {
  return v5([cause, purpose, ...parts].join('\u0000'), namespace);
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
