/** Which errors say "not now": the client is told when to come back, instead of a 500. */
import { PackageStoreError } from '@tributary/package-store';
import { isTransient } from '@tributary/persistence';
import { type Bilingual, Problem } from '@tributary/service-kit';

export function unavailable(code: string, detail: Bilingual, retryAfterSeconds = 2): Problem {
  return new Problem(503, code, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

export const databaseAway = (): Problem =>
  unavailable('DATABASE_UNAVAILABLE', { en: 'The database cannot be reached; try again.', zh: '数据库暂时不可用，请稍后重试。' });
export const storeAway = (): Problem =>
  unavailable('STORE_UNAVAILABLE', { en: 'The package store cannot be reached; try again.', zh: '存储暂时不可用，请稍后重试。' });

/** A `Problem` for what is away; every other error as it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof PackageStoreError && error.code === 'UNAVAILABLE') return storeAway();
  return isTransient(error) ? databaseAway() : error;
}
