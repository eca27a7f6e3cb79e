/** What the console reads of facts: their fields with the types that the contract promises, and nothing of those that break it. Pure. */
import { type ToldFact } from '@tributary/http-api';

export interface PlacedFact {
  /** In the ledger. */
  readonly position: string;
  readonly fact: ToldFact;
}

export function textOf({ data }: ToldFact, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf({ data }: ToldFact, name: string): number | undefined {
  const value = data[name];
  return typeof value === 'number' ? value : undefined;
}

/** Facts of before there were rounds belong to the first. */
export const roundOf = (fact: ToldFact): number => numberOf(fact, 'round') ?? 1;
export const isLate = ({ late }: ToldFact): boolean => late === true;
export const timeOf = ({ time }: ToldFact): number => Date.parse(time);
export const isVerdict = ({ type }: ToldFact): boolean => type === 'MainTaskConverged' || type === 'MainTaskReconverged';
