/** How often a worker shows that it lives, and whether what it shows goes forward. */
import { type AttemptTold, type Breach, type Told } from './told';

/** Progress is told once a second at most; clocks and queues may make that a little less. */
const closestMs = 900;
/** A heartbeat may be so late: a third of the patience that the gate has with it. */
const patience = 1.5;

export function paceBreaches({ starts, progress, ends }: AttemptTold): readonly Breach[] {
  return [...backwards(progress), ...tooOften(progress), ...missed(starts.at(-1), [...progress, ...ends])];
}

/** Pairs of neighbours. */
function neighbours(facts: readonly Told[]): readonly (readonly [Told, Told])[] {
  return facts.flatMap((fact, n) => (n === 0 ? [] : [[facts[n - 1] ?? fact, fact] as const]));
}

const count = ({ data }: Told, name: string): number => Number(data[name] ?? 0);
const msBetween = (a: Told, b: Told): number => Date.parse(b.time) - Date.parse(a.time);
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

function backwards(progress: readonly Told[]): readonly Breach[] {
  const over = progress.filter((fact) => count(fact, 'done') > count(fact, 'total'));
  const back = neighbours(progress).flatMap(([before, fact]) => (count(fact, 'done') < count(before, 'done') ? [fact] : []));
  return [...new Set([...over, ...back])].map(({ id, data }) => ({
    ...{ code: 'PROGRESS_BACK', factId: id },
    says: {
      en: `has done ${String(data['done'])} of ${String(data['total'])}, which is less than before or more than there is`,
      zh: `进度 ${String(data['done'])} / ${String(data['total'])} 小于先前值，或超过总数`,
    },
  }));
}

function tooOften(progress: readonly Told[]): readonly Breach[] {
  const close = neighbours(progress).find(([before, fact]) => msBetween(before, fact) < closestMs);
  if (!close) return [];
  const after = seconds(msBetween(...close));
  return [
    {
      ...{ code: 'PROGRESS_TOO_OFTEN', factId: close[1].id },
      says: { en: `tells progress ${after} s after the last one: once a second at most`, zh: `距上次进度仅 ${after} 秒：每秒最多一次` },
    },
  ];
}

/** Only who has promised a heartbeat owes one. */
function missed(start: Told | undefined, later: readonly Told[]): readonly Breach[] {
  const heartbeatMs = start?.data['heartbeatMs'];
  if (!start || typeof heartbeatMs !== 'number') return [];
  const silence = neighbours([start, ...later]).find(([before, fact]) => msBetween(before, fact) > patience * heartbeatMs);
  if (!silence) return [];
  const after = seconds(msBetween(...silence));
  return [
    {
      ...{ code: 'HEARTBEAT_MISSED', factId: silence[1].id },
      says: {
        en: `comes ${after} s after the fact before it, where ${seconds(heartbeatMs)} s were promised`,
        zh: `距上一条事实 ${after} 秒，超过承诺的 ${seconds(heartbeatMs)} 秒`,
      },
    },
  ];
}
