/** Statuses, participants and facts in words and colours. Pure. */
import { type Explanation, type Participant, type Task, type ToldFact } from '@tributary/http-api';
import { label, statusWithCode, statusWords, wordsForReason } from '@tributary/http-api/words';
import { type Invocation } from '../invocation';
import { bytesText } from '../quantities';
import { plain, type Style, type Tone } from '../style';
import { type TextKey } from '../texts';

export type Speaker = Pick<Invocation, 'text' | 'language'>;

const statusLooks: Readonly<Record<Task['status'], { readonly tone: Tone; readonly sign: string }>> = {
  INIT: { tone: 'dim', sign: '·' },
  RUNNING: { tone: 'accent', sign: '▶' },
  SUCCESS: { tone: 'good', sign: '✔' },
  PARTIAL_SUCCESS: { tone: 'fair', sign: '◐' },
  FAILED: { tone: 'bad', sign: '✖' },
  CANCELLED: { tone: 'dim', sign: '⊘' },
};

const outcomes: Readonly<Record<string, { readonly text: TextKey; readonly tone: Tone; readonly sign: string }>> = {
  RUNNING: { text: 'outcomeRunning', tone: 'accent', sign: '▶' },
  PASS: { text: 'outcomePass', tone: 'good', sign: '✔' },
  WARN: { text: 'outcomeWarn', tone: 'fair', sign: '▲' },
  QUALITY: { text: 'outcomeQuality', tone: 'bad', sign: '✖' },
  TRANSIENT: { text: 'outcomeTransient', tone: 'bad', sign: '!' },
  UNRECOVERABLE: { text: 'outcomeUnrecoverable', tone: 'bad', sign: '!' },
};

const kinds: Readonly<Record<string, { readonly text: TextKey; readonly tone: Tone; readonly sign: string }>> = {
  joined: { text: 'kindJoined', tone: 'accent', sign: '▶' },
  declined: { text: 'kindDeclined', tone: 'dim', sign: '–' },
  silent: { text: 'kindSilent', tone: 'fair', sign: '?' },
  late: { text: 'kindLate', tone: 'fair', sign: '⧗' },
  unreachable: { text: 'kindUnreachable', tone: 'bad', sign: '!' },
};

/** In words, with the code that programs see, so that people of both languages find it again. */
export function statusText(status: string, { language }: Speaker): string {
  return isStatus(status) ? label(statusWithCode(status))[language] : plain(status);
}

export function paintedStatus(status: string, speaker: Speaker, style: Style): string {
  return painted(status, statusText(status, speaker), style);
}

/** For columns, which have no room for the code. */
export function paintedStatusWord(status: string, { language }: Speaker, style: Style): string {
  return painted(status, isStatus(status) ? label(statusWords[status])[language] : plain(status), style);
}

function painted(status: string, text: string, style: Style): string {
  const { tone, sign } = isStatus(status) ? statusLooks[status] : ({ tone: 'strong', sign: '·' } as const);
  return style(tone, `${sign} ${text}`);
}

/** Servers may be newer than we are. */
function isStatus(status: string): status is Task['status'] {
  return Object.hasOwn(statusWords, status);
}

export interface ParticipantLine {
  readonly sign: string;
  readonly tone: Tone;
  readonly type: string;
  readonly says: string;
}

/** One line about a participant: how it ended, or why it does not take part. */
export function participantLine(participant: Participant, speaker: Speaker): ParticipantLine {
  const { type, kind, outcome, attempt = 1, reason, reasonCode, counts, progress } = participant;
  const isRunning = outcome === 'RUNNING' || outcome === undefined;
  const known = (kind === 'joined' || kind === 'late') && outcome !== undefined ? outcomes[outcome] : kinds[kind];
  const { text: key = 'kindJoined', tone = 'dim', sign = '·' } = known ?? {};
  const why = reasonText(reason, reasonCode, speaker);
  const parts = [
    speaker.text(key),
    ...(kind === 'late' ? [speaker.text('kindLate')] : []),
    ...(kind === 'silent' ? [speaker.text('silentSays')] : []),
    ...(attempt > 1 ? [speaker.text('attempt', { attempt })] : []),
    ...(isRunning && progress ? [`${progress.done} / ${progress.total} ${plain(progress.unit)}`] : []),
    ...(counts && !isRunning ? [countsText(counts, speaker)] : []),
    ...(why !== '' && (kind === 'declined' || outcome === 'TRANSIENT' || outcome === 'UNRECOVERABLE') ? [why] : []),
  ];
  return { sign, tone, type: plain(type), says: parts.join(' · ') };
}

/** Reasons of our own workers in the reader's language; those of others as they gave them. */
function reasonText(detail: string | undefined, code = '', { language }: Speaker): string {
  const known = wordsForReason(code)?.[language];
  if (known === undefined) return plain(detail ?? code);
  return code === 'PACKAGE_UNREADABLE' && detail !== undefined ? `${known} (${plain(detail)})` : known;
}

export function countsText(counts: Readonly<Record<string, number>>, { text }: Speaker): string {
  const named = [
    ['blocker', 'countBlocker'],
    ['error', 'countError'],
    ['warning', 'countWarning'],
    ['info', 'countInfo'],
  ] as const;
  const parts = named.flatMap(([severity, key]) =>
    (counts[severity] ?? 0) > 0 ? [text(key, { n: counts[severity] ?? 0, s: counts[severity] === 1 ? '' : 's' })] : [],
  );
  return parts.length === 0 ? text('noFindings') : parts.join(text('betweenCounts'));
}

export function closedText(by: string, { text }: Speaker): string {
  const keys: Readonly<Record<string, TextKey>> = { QUIET: 'closedQuiet', DEADLINE: 'closedDeadline', CANCELLED: 'closedCancelled' };
  const key = keys[by];
  return key ? text(key) : plain(by);
}

/** One line about a fact; what we have never heard of is told by its name. */
export function factText({ type, data }: Pick<ToldFact, 'type' | 'data'>, speaker: Speaker): string {
  const told = factKinds[type];
  return told ? told(data, speaker) : plain(type);
}

type Data = Readonly<Record<string, unknown>>;

const factKinds: Readonly<Record<string, (data: Data, speaker: Speaker) => string>> = {
  ZipUploaded: (data, { text }) => text('factZipUploaded', { file: word(data, 'fileName'), size: bytesText(Number(data['size'] ?? 0)) }),
  MainTaskCreated: (_, { text }) => text('factCreated'),
  SubTaskStarted: (data, { text }) => text('factStarted', { type: word(data, 'subTaskType') }),
  SubTaskDeclined: (data, speaker) =>
    speaker.text('factDeclined', { type: word(data, 'subTaskType'), reason: reasonText(word(data, 'detail') || undefined, word(data, 'reasonCode'), speaker) }),
  SubTaskProgressed: (data, { text }) =>
    text('factProgressed', { type: word(data, 'subTaskType'), done: word(data, 'done'), total: word(data, 'total'), unit: word(data, 'unit') }),
  SubTaskCompleted: (data, speaker) =>
    speaker.text('factCompleted', {
      type: word(data, 'subTaskType'),
      result: outcomeText(word(data, 'result'), speaker),
      counts: countsText((data['counts'] ?? {}) as Record<string, number>, speaker),
    }),
  SubTaskFailed: (data, speaker) =>
    speaker.text('factFailed', {
      type: word(data, 'subTaskType'),
      result: outcomeText(word(data, 'failureKind') || 'QUALITY', speaker),
      reason: isCounted(data) ? countsText(data['counts'], speaker) : word(data, 'reason'),
    }),
  WindowClosed: (data, speaker) => speaker.text('factClosed', { by: closedText(word(data, 'closedBy'), speaker) }),
  MainTaskConverged: (data, speaker) => speaker.text('factVerdict', { status: statusText(word(data, 'status'), speaker) }),
  MainTaskReconverged: (data, speaker) =>
    speaker.text('factVerdictAgain', { revision: word(data, 'revision'), status: statusText(word(data, 'status'), speaker) }),
  CancelRequested: (data, { text }) => text('factCancel', { by: word(data, 'by') || 'anonymous' }),
  RescanRequested: (data, { text }) => text('factRescan', { by: word(data, 'by') || 'anonymous' }),
};

/** What a worker found it tells in numbers, and once more in English words. */
function isCounted(data: Data): data is Data & { readonly counts: Readonly<Record<string, number>> } {
  return typeof data['counts'] === 'object' && (word(data, 'failureKind') || 'QUALITY') === 'QUALITY';
}

function outcomeText(outcome: string, { text }: Speaker): string {
  const known = outcomes[outcome];
  return known ? text(known.text) : outcome;
}

function word(data: Data, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? plain(value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** From the opening of its window to the verdict, ms; absent while there is none. */
export function tookMs({ createdAt, window }: Pick<Task, 'createdAt' | 'window'>): number | undefined {
  return window.closedAt === undefined ? undefined : Date.parse(window.closedAt) - Date.parse(createdAt);
}

/** The sentence of a counterfactual as the server words it. */
export function changeText(counterfactual: Explanation['counterfactuals'][number]): string {
  const { text, change, wouldBe } = counterfactual as { readonly text?: unknown; readonly change: unknown; readonly wouldBe: string };
  return plain(typeof text === 'string' ? text : `${JSON.stringify(change)} → ${wouldBe}`);
}
