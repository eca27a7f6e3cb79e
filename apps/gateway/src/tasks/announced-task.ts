/** A task between its 202 and the coordinator's record: what can be said of it then. Pure. */
import { type Language } from '@tributary/service-kit';
import { parseTraceparent } from '@tributary/telemetry';
import { type Upload } from '../upload/upload.memory';

const text = {
  en: 'The package was received. The window for taking part is not open yet: the task is on its way to the coordinator.',
  zh: '版本包已接收。窗口尚未打开：任务正在送往协调器。',
};

/** The task document of the API. Its window counts from the upload until the coordinator opens it. */
export function announcedTask({ taskId, product, version, file, policy, createdAt, traceparent }: Upload): Record<string, unknown> {
  const { participationMs, gapMs, deadlineMs, graceMs } = policy;
  const at = (afterMs: number): string => new Date(createdAt + afterMs).toISOString();
  const traceId = parseTraceparent(traceparent)?.traceId;
  return {
    taskId,
    status: 'INIT',
    revision: 0,
    product,
    version,
    package: file,
    createdAt: at(0),
    lastFactAt: at(0),
    round: 1,
    observedTypes: [],
    participants: [],
    window: { participationMs, gapMs, deadlineMs, graceMs, openedAt: at(0), participationEndsAt: at(participationMs), deadlineAt: at(deadlineMs), pausedMs: 0 },
    ...(traceId !== undefined && { traceId }),
  };
}

/** The explanation document of the API. */
export function announcedExplanation(language: Language): Record<string, unknown> {
  return { status: 'INIT', revision: 0, witness: [], participants: [], conflicts: [], counterfactuals: [], text: text[language] };
}
