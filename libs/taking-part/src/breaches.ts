/** What a worker has told about a task, held against `docs/taking-part.md`. */
import { type Bilingual } from '@tributary/findings';
import { paceBreaches } from './pace';
import { type AttemptTold, type Breach, type Telling, type Told } from './told';

const openings = ['MainTaskCreated', 'RescanRequested'];
const ends = ['SubTaskCompleted', 'SubTaskFailed'];

/** The rules that were broken, in the order of the facts; empty when none was, also when nothing was told. */
export function breachesOf({ subTaskType, facts, settled }: Telling): readonly Breach[] {
  const own = facts.filter(({ data }) => data['subTaskType'] === subTaskType);
  const found = [...sourceBreaches(own), ...roundsOf(own).flatMap((round) => roundBreaches(round, own, facts, settled))];
  const place = new Map(facts.map(({ id }, n) => [id, n]));
  const placeOf = ({ factId }: Breach): number => (factId === undefined ? facts.length : (place.get(factId) ?? facts.length));
  return found.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const numberIn = ({ data }: Told, name: string): number => (typeof data[name] === 'number' ? data[name] : 1);

function roundsOf(own: readonly Told[]): readonly number[] {
  return [...new Set(own.map((fact) => numberIn(fact, 'round')))].toSorted((a, b) => a - b);
}

function sourceBreaches(own: readonly Told[]): readonly Breach[] {
  const [first] = own;
  const other = own.find(({ source }) => source !== first?.source);
  if (!first || !other) return [];
  return [
    {
      ...{ code: 'SOURCE_VARIES', factId: other.id },
      says: {
        en: `its source is ${other.source}, and was ${first.source}: one for all replicas and releases`,
        zh: `来源 ${other.source} 与先前的 ${first.source} 不同：所有副本与版本应使用同一来源`,
      },
    },
  ];
}

/** A round has the trace of what opened it: a rescan is a request of its own. */
function traceBreaches(round: readonly Told[], opening: Told | undefined): readonly Breach[] {
  const trace = traceIdOf(opening);
  if (trace === undefined) return [];
  return round.flatMap((fact) => {
    const told = traceIdOf(fact);
    return told === undefined || told === trace
      ? []
      : [
          {
            code: 'TRACE_LOST',
            factId: fact.id,
            says: { en: `its trace is ${told} instead of ${trace}: keep the trace id`, zh: `追踪编号为 ${told}，应沿用 ${trace}` },
          } as const,
        ];
  });
}

function traceIdOf(fact: Told | undefined): string | undefined {
  return fact?.traceparent?.split('-')[1];
}

function roundBreaches(round: number, own: readonly Told[], facts: readonly Told[], settled: boolean): readonly Breach[] {
  const told = own.filter((fact) => numberIn(fact, 'round') === round);
  const opening = facts.find((fact) => openings.includes(fact.type) && numberIn(fact, 'round') === round);
  const attempts = attemptsOf(round, told);
  const declined = told.find(({ type }) => type === 'SubTaskDeclined');
  const joined = told.find(({ type }) => type !== 'SubTaskDeclined');
  const cameForward = told.filter(({ type }) => type === 'SubTaskStarted' || type === 'SubTaskDeclined');
  return [
    ...traceBreaches(told, opening),
    ...cameForward.flatMap((fact) => causeBreaches(fact, opening ? [opening] : [], { en: 'the fact that opened the round', zh: '开启该轮次的事实' })),
    ...(declined && joined
      ? [
          {
            code: 'DECLINED_TOO',
            factId: declined.id,
            says: { en: `declines round ${round}, in which it takes part`, zh: `已参与第 ${round} 轮，却又声明不参与` },
          } as const,
        ]
      : []),
    ...attempts.flatMap((attempt, n) => [...attemptBreaches(attempt), ...skipped(attempt, attempts[n - 1])]),
    ...endless(attempts, settled),
  ];
}

function attemptsOf(round: number, told: readonly Told[]): readonly AttemptTold[] {
  const joined = told.filter(({ type }) => type !== 'SubTaskDeclined');
  return [...Map.groupBy(joined, (fact) => numberIn(fact, 'attempt'))]
    .toSorted(([a], [b]) => a - b)
    .map(([attempt, of]) => ({
      ...{ round, attempt },
      starts: of.filter(({ type }) => type === 'SubTaskStarted'),
      progress: of.filter(({ type }) => type === 'SubTaskProgressed'),
      ends: of.filter(({ type }) => ends.includes(type)),
    }));
}

function skipped({ attempt, starts, progress, ends: over }: AttemptTold, before: AttemptTold | undefined): readonly Breach[] {
  const expected = (before?.attempt ?? 0) + 1;
  const [first] = [...starts, ...progress, ...over];
  if (attempt === expected || !first) return [];
  return [
    {
      ...{ code: 'ATTEMPT_SKIPPED', factId: first.id },
      says: {
        en: `is attempt ${attempt} where ${expected} comes next: it grows by 1 when another replica takes over`,
        zh: `尝试次数为 ${attempt}，应为 ${expected}：其他副本接手时加 1`,
      },
    },
  ];
}

function attemptBreaches(attempt: AttemptTold): readonly Breach[] {
  const { starts, progress, ends: over } = attempt;
  const later = [...progress, ...over];
  const [orphan] = later;
  const begun = { en: 'its SubTaskStarted', zh: '对应的 SubTaskStarted' };
  return [
    ...(starts.length === 0 && orphan
      ? [
          {
            code: 'NOT_STARTED',
            factId: orphan.id,
            says: { en: `there is no SubTaskStarted of attempt ${attempt.attempt}`, zh: `第 ${attempt.attempt} 次尝试缺少 SubTaskStarted` },
          } as const,
        ]
      : []),
    ...later.flatMap((fact) => causeBreaches(fact, starts, begun)),
    ...over.slice(1).map(
      (fact) =>
        ({
          code: 'ENDED_TWICE',
          factId: fact.id,
          says: { en: 'ends an attempt that has ended: tell the same fact again, with its id', zh: '该次尝试已经结束：重复告知时应使用同一事实与编号' },
        }) as const,
    ),
    ...over.flatMap((fact) => reportBreaches(fact, attempt)),
    ...paceBreaches(attempt),
  ];
}

/** A missing cause is no breach: the chain ends there. */
function causeBreaches(fact: Told, causes: readonly Told[], expected: Bilingual): readonly Breach[] {
  if (fact.causedby === undefined || causes.length === 0 || causes.some(({ id }) => id === fact.causedby)) return [];
  return [
    {
      code: 'WRONG_CAUSE',
      factId: fact.id,
      says: { en: `causedby names ${fact.causedby} and not ${expected.en}`, zh: `causedby 为 ${fact.causedby}，应为${expected.zh}` },
    },
  ];
}

/** Only the last attempt owes an end: whoever took over ends it for the ones before. */
function endless(attempts: readonly AttemptTold[], settled: boolean): readonly Breach[] {
  const last = attempts.at(-1);
  const [start] = last?.starts ?? [];
  if (!settled || !last || !start || last.ends.length > 0) return [];
  return [{ code: 'NOT_ENDED', factId: start.id, says: { en: 'nothing says how it ended, and the task is judged', zh: '任务已有结论，但未告知扫描结果' } }];
}

function reportBreaches(fact: Told, { round, attempt }: AttemptTold): readonly Breach[] {
  const report = fact.data['report'];
  const uri = typeof report === 'object' && report !== null && 'uri' in report ? String(report.uri) : undefined;
  const place = `/${String(fact.data['subTaskType'])}/${round}-${attempt}.ndjson`;
  if (uri === undefined || uri.endsWith(place)) return [];
  return [
    {
      code: 'REPORT_ELSEWHERE',
      factId: fact.id,
      says: { en: `its report lies at ${uri} and not under the task's prefix as ${place.slice(1)}`, zh: `报告位于 ${uri}，应为任务前缀下的 ${place.slice(1)}` },
    },
  ];
}
