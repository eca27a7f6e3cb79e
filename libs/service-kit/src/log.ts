/** Logs: JSON lines with trace, task and fact ids; readable lines in a terminal. */
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

export interface LogOptions {
  readonly service: string;
  readonly level?: string;
  /** Readable lines instead of JSON. */
  readonly pretty?: boolean;
}

export function createLog({ service, level = 'info', pretty: readable = false }: LogOptions): Log {
  const options = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } };
  if (!readable) return pino(options);
  return pino(
    { level, base: { service } },
    pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', messageFormat: '{service}  {msg}', translateTime: 'HH:MM:ss.l' }),
  );
}

/** No output, for tests. */
export const silentLog: Log = pino({ level: 'silent' });
