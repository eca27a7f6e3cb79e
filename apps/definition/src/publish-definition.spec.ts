import { PolicyDocument } from '@tributary/facts';
import { InMemoryFactBus, InMemoryGroups, InMemoryLog } from '@tributary/fact-bus';
import { InMemoryDatabase } from '@tributary/persistence';
import { v7 } from 'uuid';
import { InMemoryDefinitionMemory } from './in-memory.definition.memory';
import { etagOf, PublishDefinition } from './publish-definition';

const policy = (gapMs: number): Record<string, unknown> => PolicyDocument.parse({ gapMs });

function aPublisher() {
  const [log, database, memory] = [new InMemoryLog(), new InMemoryDatabase(), new InMemoryDefinitionMemory()];
  const bus = new InMemoryFactBus({ log, groups: new InMemoryGroups(), newId: v7 });
  return { log, memory, publisher: new PublishDefinition({ memory, bus, database, now: () => 0 }) };
}

it('[Z-041] keeps every revision and tells it as a fact', async () => {
  const { log, memory, publisher } = aPublisher();
  await publisher.publish({ kind: 'policy', name: 'p', document: policy(1), by: 'me' });
  await publisher.publish({ kind: 'policy', name: 'p', document: policy(2), by: 'me' });
  expect((await memory.revisions('policy', 'p', 10)).map(({ revision, document }) => [revision, document['gapMs']])).toEqual([
    [2, 2],
    [1, 1],
  ]);
  expect(log.all('definition.facts').map(({ body }) => JSON.parse(body).data.revision)).toEqual([1, 2]);
});

it('[E-029] a lost race is 412 and changes nothing', async () => {
  const { memory, publisher } = aPublisher();
  const { revision } = await publisher.publish({ kind: 'policy', name: 'p', document: policy(1), by: 'me' });
  const write = (gapMs: number): Promise<unknown> =>
    publisher.publish({ kind: 'policy', name: 'p', document: policy(gapMs), by: 'me', ifMatch: etagOf(revision) });
  const outcomes = await Promise.allSettled([write(2), write(3)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 412 } });
  expect(await memory.revisions('policy', 'p', 10)).toHaveLength(2);
});

it('the same document again is no new revision', async () => {
  const { log, publisher } = aPublisher();
  await publisher.publish({ kind: 'policy', name: 'p', document: policy(1), by: 'me' });
  const asDatabasesKeepIt = Object.fromEntries(Object.entries(policy(1)).toReversed());
  for (const document of [policy(1), asDatabasesKeepIt])
    expect(await publisher.publish({ kind: 'policy', name: 'p', document, by: 'me' })).toMatchObject({ created: false, revision: { revision: 1 } });
  expect(log.all('definition.facts')).toHaveLength(1);
});
