/** The gate in one process: every service with its replicas, what they share, and who starts a replica again when it has died. */
import { type Fact, type Topic } from '@tributary/facts';
import { InMemoryFactBus, InMemoryGroups, type Stored } from '@tributary/fact-bus';
import { type GateMemory } from '@tributary/coordinator';
import { InMemoryPackageStore, PackageStoreError } from '@tributary/package-store';
import { type InMemoryTransaction, isTransient } from '@tributary/persistence';
import { DatabaseTrouble } from '../faults/errors';
import { type CallFaults, type FaultPlan, planFaults } from '../faults/fault-plan';
import { History } from '../history';
import { behaviourOf, type Behaviour, type WorkerType, workerTypes } from '../load/behaviour';
import { Random } from '../random';
import { ProcessDatabase } from './process.database';
import { ProcessFactBus } from './process.fact-bus';
import { type Replica, type Service, type Trial, coordinatorService, gatewayService, honest, workerService } from './services';
import { SimulatedLog } from './simulated.log';
import { SimulatedProcess } from './simulated.process';
import { VirtualClock } from './virtual-clock';

const noFaults: CallFaults = { crash: 0, abort: 0, unknown: 0, delay: 0, stall: 0 };

/** The place of a replica; processes come and go in it. */
export interface Slot {
  readonly name: string;
  readonly service: Service;
  incarnation: number;
  process?: SimulatedProcess | undefined;
  bus?: ProcessFactBus | undefined;
  replica?: Replica | undefined;
  /** How many outages hold it down. */
  held: number;
}

export class World {
  readonly clock: VirtualClock;
  readonly history: History;
  readonly log: SimulatedLog;
  readonly groups = new InMemoryGroups();
  readonly store: InMemoryPackageStore;
  readonly gate: Service & { readonly memory: GateMemory };
  readonly slots: readonly Slot[];
  readonly plan: FaultPlan;
  /** Services whose database is away. */
  readonly databasesAway = new Set<string>();
  storeAway = false;
  /** Nothing new goes wrong any more. */
  healed = false;
  readonly #random: Random;
  readonly #published = new WeakMap<InMemoryTransaction, string[]>();

  constructor(
    readonly seed: number,
    onTold: (world: World, row: Stored) => void,
    { sabotage = honest, faults = (drawn) => drawn }: Trial = {},
  ) {
    const lots = Random.of(seed, 'lots');
    this.#random = Random.of(seed, 'world');
    this.clock = new VirtualClock(() => lots.next());
    this.history = new History(seed, () => Math.round(this.clock.monotonic() * 1_000) / 1_000);
    this.log = new SimulatedLog(
      () => this.clock.monotonic(),
      (row) => {
        onTold(this, row);
      },
    );
    this.store = new InMemoryPackageStore(() => new Date(this.clock.now()));
    this.gate = coordinatorService(this.clock, sabotage);
    const services = [gatewayService(), this.gate, ...workerTypes.map((type) => workerService(type, this.clock))];
    const replicas = Random.of(seed, 'replicas');
    this.slots = services.flatMap((service) =>
      Array.from({ length: replicas.pick([1, 2, 2, 2, 3]) }, (_, n): Slot => ({ name: `${service.name}-${n + 1}`, service, incarnation: 0, held: 0 })),
    );
    const drawn = planFaults(Random.of(seed, 'plan'), { services: services.map(({ name }) => name), replicas: this.slots.map(({ name }) => name) });
    this.plan = faults(drawn);
  }

  behaviour(taskId: string, round: number, type: WorkerType): Behaviour {
    return behaviourOf(Random.of(this.seed, `${taskId}/${round}/${type}`));
  }

  slotsOf(service: string): readonly Slot[] {
    return this.slots.filter((slot) => slot.service.name === service);
  }

  async start(): Promise<void> {
    for (const slot of this.slots) this.boot(slot);
    await Promise.resolve();
  }

  /** A new process in this place, unless there is one or an outage holds it down. */
  boot(slot: Slot): void {
    if (slot.process || slot.held > 0) return;
    slot.incarnation++;
    const name = `${slot.name}#${slot.incarnation}`;
    const random = Random.of(this.seed, name);
    const { skewMs } = this.plan;
    const process = new SimulatedProcess({
      ...{ name, random, clock: this.clock, history: this.history },
      faults: () => (this.healed ? noFaults : this.plan.calls),
      skewMs: random.between(-skewMs, skewMs),
      onDeath: () => {
        this.#dead(slot);
      },
    });
    slot.process = process;
    this.history.add({ process: name, type: 'info', f: 'fault', key: 'boot', value: {} });
    const bus = this.#wire(slot, process, random);
    bus.catch(() => undefined);
  }

  /** SIGTERM: hands everything back, and is started again. */
  async stopInOrder(slot: Slot): Promise<void> {
    const { process, replica } = slot;
    if (!process || !replica) return;
    this.history.add({ process: process.name, type: 'info', f: 'fault', key: 'stop', value: {} });
    // Whoever supervises does not wait for ever.
    this.clock.after(10_000, () => {
      process.die('killed after the grace period');
    });
    await replica.stop();
    process.die('stopped');
  }

  /** The workers go home, so that there is a last fact. */
  async closeDown(): Promise<void> {
    for (const slot of this.slots.filter(({ service }) => service.name.endsWith('-worker'))) {
      slot.held++;
      void this.stopInOrder(slot);
    }
    await Promise.resolve();
  }

  async #wire(slot: Slot, process: SimulatedProcess, random: Random): Promise<void> {
    const away = (): Error | undefined => (this.databasesAway.has(slot.service.name) ? new DatabaseTrouble('ECONNREFUSED', 'connect ECONNREFUSED') : undefined);
    const database = new ProcessDatabase(
      process,
      slot.service.database,
      () => away() !== undefined,
      (tx, heard) => {
        this.#committed(process, tx, heard);
      },
    );
    const inner = new InMemoryFactBus({
      ...{ log: this.log, groups: this.groups, clock: process.clock, isTransient },
      newId: () => process.identity.fresh(),
      random: () => random.next(),
      delayMaxMs: this.plan.delayMaxMs,
    });
    const bus = new ProcessFactBus({
      ...{ process, bus: inner, log: this.log, database },
      onPublished: (tx, facts) => {
        this.#publishes(tx, facts);
      },
    });
    slot.bus = bus;
    const store = process.port('store', this.store, () => (this.storeAway ? new PackageStoreError('UNAVAILABLE', 'the store does not answer') : undefined));
    const ports = { process, database, bus, store, random, history: this.history, away, behaviour: this.behaviour.bind(this) };
    // A start that fails ends the process; it is started again.
    const replica = await slot.service.start(ports).catch(() => undefined);
    if (!process.isAlive()) return;
    if (replica) slot.replica = replica;
    else process.die('could not start');
  }

  #dead(slot: Slot): void {
    const { bus, replica, process } = slot;
    slot.process = slot.bus = slot.replica = undefined;
    replica?.abandon();
    const noticeMs = this.#random.pick([0, this.#random.between(0, 300), this.#random.between(500, 4_000)]);
    this.clock.after(noticeMs, () => {
      void bus?.noticed();
    });
    this.clock.after(this.#random.between(50, 3_000), () => {
      if (slot.process !== process) this.boot(slot);
    });
  }

  #publishes(tx: InMemoryTransaction, facts: readonly Fact[]): void {
    const ids = this.#published.get(tx) ?? [];
    this.#published.set(tx, ids);
    ids.push(...facts.map(({ id }) => id));
  }

  #committed(process: SimulatedProcess, tx: InMemoryTransaction, heard: boolean): void {
    const ids = this.#published.get(tx);
    if (ids && ids.length > 0)
      this.history.add({ process: process.name, type: heard ? 'ok' : 'info', f: 'commit', key: process.name, value: { factIds: ids } });
  }
}

/** Told by somebody who is no service of ours, straight to the log. */
export function tellForeign(log: SimulatedLog, topic: Topic, partition: number, fact: Fact): void {
  log.appendRaw({ topic, partition, key: fact.subject, body: JSON.stringify(fact) });
}
