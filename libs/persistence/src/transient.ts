/** Whether a database error says nothing about the work itself: trying again may succeed. */
import { isStaleStatement } from './statement-names';

/** Serialisation, deadlock, cancelled by an operator or a restart, too many connections, lost connections. */
const transientStates = /^(08|40|53|57P0[123]|55P03|25P0[34])/;
const transientSystem = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isStaleStatement(error)) return true;
  const { code, driverError } = error as Error & { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (transientStates.test(code) || transientSystem.has(code))) return true;
  if (/Connection terminated|connection is closed|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(error.message))
    return true;
  return driverError !== undefined && driverError !== error && isTransient(driverError);
}
