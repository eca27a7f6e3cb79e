import { makeFact, partitionOf, topicSettings, WindowClosed } from '@tributary/facts';
import { decode } from './decode';
import { bodiesTogether, encode } from './encode';
import { aFact } from './testing/a-fact';

const place = (key: string) => ({ key, partition: partitionOf(key, topicSettings['scan.facts'].partitions), position: 1 });

it('reads a fact of its topic', () => {
  expect(decode({ ...place('task-1'), topic: 'scan.facts', body: JSON.stringify(aFact('task-1', 1)) })).toMatchObject({
    kind: 'fact',
    fact: { subject: 'task-1' },
  });
});

it('a worker cannot forge the platform’s facts: they are poison on the workers’ topic', () => {
  const data = {
    taskId: 'task-1',
    round: 1,
    closedBy: 'QUIET' as const,
    cutoff: 1,
    digest: '0'.repeat(64),
    knownTypes: [],
    unreachable: [],
    openedAt: '2026-01-01T00:00:00Z',
    closedAt: '2026-01-01T00:00:00Z',
    pausedMs: 0,
  };
  const forged = makeFact(WindowClosed, { id: aFact('task-1', 1).id, source: '/acme', subject: 'task-1', time: '2026-01-01T00:00:00.000Z', data });
  expect(decode({ ...place('task-1'), topic: 'scan.facts', body: JSON.stringify(forged) })).toMatchObject({ kind: 'poison', code: 'WRONG_TOPIC' });
  expect(decode({ ...place('task-1'), topic: 'gate.facts', body: JSON.stringify(forged) })).toMatchObject({ kind: 'fact' });
});

it('bodies travel together and are told apart again, whatever they say', () => {
  const control = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
  const bodies = [aFact('k', 1), { ...aFact('k', 2), actor: control }, { ...aFact('k', 3), actor: '"\\,{}NULL\u2028任务' }].map((fact) => encode(fact).body);
  const apart = bodiesTogether(bodies).split('\u001e');
  expect(apart).toEqual(bodies);
});
