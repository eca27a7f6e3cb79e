/** Option values that are more than a text. */
import { CommandFailure } from './failure';
import { type Invocation } from './invocation';
import { durationMs } from './quantities';

/** Throws `CommandFailure` for what is no duration. */
export function durationOption(invocation: Invocation, key: string): number | undefined {
  const given = invocation.option(key);
  if (given === undefined) return undefined;
  const ms = durationMs(given);
  if (ms !== undefined && ms > 0) return ms;
  throw new CommandFailure('INVALID_VALUE', 'invalidDuration', { option: `--${key}`, given });
}

/** Throws `CommandFailure` for what is no whole number from `least` on. */
export function numberOption(invocation: Invocation, key: string, least: number): number {
  const given = invocation.option(key) ?? '';
  if (/^\d{1,9}$/.test(given) && Number(given) >= least) return Number(given);
  throw new CommandFailure('INVALID_VALUE', 'invalidNumber', { option: `--${key}`, least, given });
}
