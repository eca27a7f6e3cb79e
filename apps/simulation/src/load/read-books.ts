/** At the end: what the ledgers, the windows, the verdicts and the dead letters say. */
import { topics } from '@tributary/facts';
import { type World } from '../world/world';

export async function readBooks(world: World): Promise<void> {
  const { memory, database } = world.gate;
  const keys = new Set([...world.log.all('gate.facts'), ...world.log.all('scan.facts')].map(({ key }) => key));
  for (const taskId of [...keys].sort()) {
    const found = await memory.find(taskId);
    const entries = await memory.facts(taskId, 0, 100_000);
    const windows = await database.transaction((tx) =>
      Promise.all(
        (found?.windows ?? []).map(async ({ round, opened, closed }) => ({
          ...{ round, opened: opened !== undefined, closed: closed !== undefined },
          // Also the second payloads under an id, which readers are not shown.
          recorded: await memory.included(tx, taskId, round, Number.MAX_SAFE_INTEGER),
          ...(closed && { cutoff: closed.cutoff, included: await memory.included(tx, taskId, round, closed.cutoff) }),
        })),
      ),
    );
    const task = found && { status: found.task.status, revision: found.task.revision, round: found.task.round, verdictHash: found.task.verdictHash };
    world.history.add({
      ...{ process: 'client', type: 'ok', f: 'ledger', key: taskId },
      value: {
        ...(task && { task }),
        windows,
        verdicts: await verdictsOf(world, taskId, found?.task.revision ?? 0),
        entries: entries.map(({ sequence, fact, payloadHash, round, late, recordedAt }) => ({
          sequence,
          id: fact.id,
          type: fact.type,
          payloadHash,
          round,
          late,
          recordedAt,
        })),
      },
    });
  }
  for (const { group, topic, key, factId, factType, reason } of world.log.deadLetters)
    world.history.add({ process: group, type: 'info', f: 'dead-letter', key, value: { topic, factId, factType, reason } });
  const parked = world.log.parked.filter(({ topic }) => topics.includes(topic));
  world.history.add({ process: 'nemesis', type: 'info', f: 'phase', key: 'books', value: { parked: parked.map(({ group, key }) => `${group} ${key}`) } });
}

/** Every revision as it was settled, with what the ledger holds up to its cutoff. */
async function verdictsOf({ gate: { memory, database } }: World, taskId: string, revisions: number): Promise<unknown[]> {
  const verdicts = await Promise.all(Array.from({ length: revisions }, (_, n) => memory.verdict(taskId, n + 1)));
  return await Promise.all(
    verdicts
      .filter((verdict) => verdict !== undefined)
      .map(async ({ revision, round, status, canonical, verdictHash }) => {
        const { cutoff } = JSON.parse(canonical) as { cutoff: number };
        const recorded = await database.transaction((tx) => memory.included(tx, taskId, round, cutoff));
        return { revision, round, status, canonical, verdictHash, recorded };
      }),
  );
}
