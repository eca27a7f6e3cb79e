/** Why nothing came of a command, as a person reads it, or as one JSON document on stderr. */
import { type ProblemDocument } from '@tributary/http-api';
import { ApiProblem, StrangeAnswer, Unreachable } from '@tributary/api-client';
import { asTyped, calledAs } from './called-as';
import { CommandFailure, TimedOut } from './failure';
import { type Language } from './language';
import { durationText } from './quantities';
import { plain, styleOf, wantsColours } from './style';
import { textIn, type TextKey, type TextValues } from './texts';
import { type World } from './world';

export interface Telling {
  readonly world: Pick<World, 'stderr' | 'environment'>;
  readonly language: Language;
  readonly json: boolean;
}

/** What is wrong, where exactly, and the way out. */
export interface ToldFailure {
  readonly code: string;
  readonly sentence: string;
  readonly details: readonly string[];
  readonly hint?: string;
  readonly problem?: ProblemDocument;
}

export function tellFailure(error: unknown, { world, language, json }: Telling): void {
  const told = failureText(error, language, world.environment);
  const { code, sentence, details, hint, problem } = told;
  if (json) {
    world.stderr.write(`${JSON.stringify({ error: { code, message: sentence, ...(hint !== undefined && { hint }), ...(problem && { problem }) } })}\n`);
    return;
  }
  const style = styleOf(wantsColours(world.environment, world.stderr.isTTY));
  const lines = [
    `${style('bad', `${textIn(language, 'error')}:`)} ${sentence}`,
    ...details.map((detail) => `  ${detail}`),
    ...(hint === undefined ? [] : [`${style('accent', `${textIn(language, 'hint')}:`)} ${hint}`]),
  ];
  world.stderr.write(`${lines.join('\n')}\n`);
  const debug = world.environment['TRIBUTARY_DEBUG'] ?? '';
  if (debug !== '' && error instanceof Error) world.stderr.write(`${style('dim', error.stack ?? '')}\n`);
}

export function failureText(error: unknown, language: Language, environment: World['environment'] = {}): ToldFailure {
  const say = (key: TextKey, values?: TextValues): string => textIn(language, key, { tributary: calledAs(environment), ...values });
  if (error instanceof ApiProblem) return refusalText(error, say);
  if (error instanceof Unreachable) {
    const nobody = error.code === 'ECONNREFUSED';
    return {
      code: 'UNREACHABLE',
      sentence: say('unreachable', { url: originOf(error.url), why: whyText(error, language) }),
      details: [],
      hint: say(nobody ? 'startOne' : 'checkAddress'),
    };
  }
  if (error instanceof StrangeAnswer) {
    return {
      code: 'STRANGE_ANSWER',
      sentence: say('strangeAnswer', { url: plain(error.url), status: error.status }),
      details: [plain(error.because)],
      hint: say('somebodyElse'),
    };
  }
  if (error instanceof TimedOut) return { code: 'TIMEOUT', sentence: say('timedOut', { wait: durationText(error.afterMs) }), details: [] };
  if (error instanceof CommandFailure) {
    const { wayOut } = error;
    return {
      code: error.code,
      sentence: say(error.text, cleaned(error.values)),
      details: [],
      ...(wayOut && { hint: say(wayOut.text, typed(cleaned(wayOut.values ?? {}), environment)) }),
    };
  }
  return {
    code: 'UNEXPECTED',
    sentence: say('unexpected', { message: plain(error instanceof Error ? error.message : String(error)) }),
    details: [],
    hint: say('reportIt'),
  };
}

/** Of a problem document: the detail, each fault with its place, the trace. */
function refusalText({ problem, status, retryAfterMs }: ApiProblem, say: (key: TextKey, values?: TextValues) => string): ToldFailure {
  const faults = (problem.errors ?? []).map(({ pointer, parameter, line, column, code, message }) => {
    const place = [pointer, parameter, line === undefined ? undefined : `${line}:${column ?? 1}`].filter((part) => part !== undefined && part !== '').join(' ');
    return plain(`${place === '' ? '' : `${place}: `}${message} (${code})`);
  });
  const { title, detail, code, traceId } = problem;
  const hint = status === 401 ? say('signIn') : retryAfterMs === undefined ? undefined : say('retryLater', { wait: durationText(retryAfterMs) });
  return {
    code,
    sentence: say('refused', { title: plain(title), status, code: plain(code) }),
    details: [plain(detail), ...faults, ...(traceId === undefined ? [] : [say('refusedTrace', { traceId: plain(traceId) })])],
    ...(hint !== undefined && { hint }),
    problem,
  };
}

/** Why nobody answered, in a few words. */
export function whyText(error: unknown, language: Language): string {
  if (error instanceof ApiProblem) return plain(error.problem.title);
  if (!(error instanceof Unreachable)) return plain(error instanceof Error ? error.message : String(error));
  const { code } = error;
  if (code === 'ECONNREFUSED') return textIn(language, 'whyRefusedConnection');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return textIn(language, 'whyNoSuchHost');
  if (/TIMEOUT|TIMEDOUT|SILENT/.test(code)) return textIn(language, 'whyTimeout');
  if (/CERT|SELF_SIGNED|TLS|UNABLE_TO_VERIFY/.test(code)) return textIn(language, 'whyCertificate', { code });
  return textIn(language, 'whyBroken', { code });
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : plain(url);
}

function cleaned(values: TextValues): TextValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? plain(value) : value]));
}

/** The values that are command lines of ours, in the form that works where the person stands. */
function typed(values: TextValues, environment: World['environment']): TextValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (name === 'command' || name === 'suggestion') && typeof value === 'string' ? asTyped(value, environment) : value,
    ]),
  );
}
