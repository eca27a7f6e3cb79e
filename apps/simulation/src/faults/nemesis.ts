/** Lets the planned outages happen, and tells facts twice. */
import { type Stored } from '@tributary/fact-bus';
import { type Fact } from '@tributary/facts';
import { type Random } from '../random';
import { type Slot, type World } from '../world/world';
import { type Outage } from './fault-plan';

export function schedule(world: World, random: Random): void {
  for (const outage of world.plan.outages) {
    world.clock.after(outage.at, () => {
      begin(world, outage, random);
    });
  }
  world.clock.after(world.plan.healedAt, () => {
    world.healed = true;
    tell(world, 'healed', {});
  });
}

/** Now and then a fact is told again: by a relay that lost an answer, by a producer that made up its mind anew. */
export function echo(world: World, random: Random, row: Stored): void {
  const { duplicate, equivocate } = world.plan.facts;
  if (world.healed) return;
  const again = random.chance(duplicate) ? row : undefined;
  const otherwise = random.chance(equivocate) ? equivocated(row) : undefined;
  for (const [kind, told] of [['duplicate', again] as const, ['equivocation', otherwise] as const]) {
    if (!told) continue;
    const { topic, partition, key, body } = told;
    world.clock.after(random.pick([random.between(0, 200), random.between(1_000, 40_000)]), () => {
      tell(world, kind, { topic, key, id: (JSON.parse(body) as Fact).id });
      world.log.appendRaw({ topic, partition, key, body });
    });
  }
}

/** The same id with other content; only what workers say. */
function equivocated({ topic, partition, position, key, body }: Stored): Stored | undefined {
  if (topic !== 'scan.facts') return undefined;
  const fact = JSON.parse(body) as Fact;
  const data = { ...fact.data };
  if (fact.type === 'SubTaskCompleted') data['result'] = data['result'] === 'PASS' ? 'WARN' : 'PASS';
  else if (fact.type === 'SubTaskFailed') data['reason'] = 'said otherwise';
  else if (fact.type === 'SubTaskStarted') data['workerVersion'] = 'another';
  else return undefined;
  return { topic, partition, position, key, body: JSON.stringify({ ...fact, data }) };
}

function begin(world: World, { kind, lengthMs, whom }: Outage, random: Random): void {
  tell(world, kind, { lengthMs, whom });
  switch (kind) {
    case 'bus':
      world.log.goAway();
      world.clock.after(lengthMs, () => {
        world.log.comeBack();
        tell(world, 'bus-back', {});
      });
      return;
    case 'database':
      world.databasesAway.add(whom);
      world.clock.after(lengthMs, () => {
        world.databasesAway.delete(whom);
      });
      return;
    case 'store':
      world.storeAway = true;
      world.clock.after(lengthMs, () => {
        world.storeAway = false;
      });
      return;
    case 'coordinator':
      holdDown(world, world.slotsOf('coordinator'), () => lengthMs);
      return;
    case 'world':
      // Workers come back later than the coordinator.
      holdDown(world, world.slots, ({ service }) => lengthMs + (service.name.endsWith('-worker') ? random.between(0, 2_000) : 0));
      return;
    case 'kill':
    case 'restart':
      for (const slot of world.slots.filter(({ name }) => name === whom)) {
        if (kind === 'kill') slot.process?.die('killed');
        else void world.stopInOrder(slot);
      }
  }
}

function holdDown(world: World, slots: readonly Slot[], lengthMs: (slot: Slot) => number): void {
  for (const slot of slots) {
    slot.held++;
    slot.process?.die('outage');
    world.clock.after(lengthMs(slot), () => {
      slot.held--;
      world.boot(slot);
    });
  }
}

function tell(world: World, kind: string, value: Readonly<Record<string, unknown>>): void {
  world.history.add({ process: 'nemesis', type: 'info', f: 'fault', key: kind, value });
}
