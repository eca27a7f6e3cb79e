/** I4: a run of a worker has one end, and tells of nothing that did not happen. Pure. */
import { type Reading, type ToldFact } from './reading';
import { type Violation, violation } from './violation';

const endTypes = ['SubTaskCompleted', 'SubTaskFailed', 'SubTaskDeclined'];

export function checkEffects(reading: Reading): readonly Violation[] {
  // What the nemesis told under a known id is no act of a worker.
  const honest = reading.facts.filter(({ source, id }) => source.startsWith('/tributary/') && !reading.equivocated.has(id));
  const ends = Map.groupBy(
    honest.filter(({ type }) => endTypes.includes(type)),
    runOf,
  );
  const doubles = [...ends].flatMap(([run, told]) => {
    const different = new Set(told.map(({ id, payloadHash }) => `${id}:${payloadHash}`));
    return different.size > 1
      ? [violation('duplicate-effect', run, told.map(({ type, data }) => `${type} in attempt ${String(data['attempt'])}`).join(', '))]
      : [];
  });
  const scanned = new Set(
    reading.events
      .filter(({ f, type }) => f === 'effect' && type === 'ok')
      .map(({ key, value }) => [key, value['round'], value['subTaskType'], value['attempt']].map(String).join(' ')),
  );
  const phantoms = honest
    .filter((fact) => fact.type === 'SubTaskCompleted' && !scanned.has(`${runOf(fact)} ${String(fact.data['attempt'])}`))
    .map((fact) => violation('phantom-effect', runOf(fact), `attempt ${String(fact.data['attempt'])}`));
  return [...doubles, ...phantoms];
}

function runOf({ key, data }: ToldFact): string {
  return [key, data['round'], data['subTaskType']].map(String).join(' ');
}
