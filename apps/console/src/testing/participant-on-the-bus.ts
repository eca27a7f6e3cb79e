/** A worker of somebody else on the PostgreSQL bus: it comes forward when a test says so, and is silent otherwise. */
import { BusSchema1763700000000, PostgresFactBus } from '@tributary/fact-bus';
import { type Fact, makeFact, type ReportRef, SubTaskCompleted, SubTaskStarted } from '@tributary/facts';
import { isTransient, PostgresDatabase } from '@tributary/persistence';
import { v7 } from 'uuid';

export class ParticipantOnTheBus {
  private constructor(
    readonly subTaskType: string,
    private readonly database: PostgresDatabase,
    private readonly bus: PostgresFactBus,
  ) {}

  /** `url`: of the database on which the system under test runs. */
  static async start(url: string, subTaskType: string): Promise<ParticipantOnTheBus> {
    const database = await PostgresDatabase.connect({ url, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 3 });
    const bus = new PostgresFactBus({ database, newId: v7, isTransient });
    // Whoever listens is company: what it says is heard at once.
    await bus.subscribe({ group: subTaskType.toLowerCase(), topics: ['gate.facts'], database, handle: () => Promise.resolve([]) });
    return new ParticipantOnTheBus(subTaskType, database, bus);
  }

  comesForward(taskId: string): Promise<void> {
    return this.#say(makeFact(SubTaskStarted, { ...this.#envelope(taskId), data: this.#data(taskId) }));
  }

  passes(taskId: string): Promise<void> {
    return this.#say(makeFact(SubTaskCompleted, { ...this.#envelope(taskId), data: { ...this.#data(taskId), result: 'PASS' } }));
  }

  /** One warning, in a report that lies in the store already. */
  finds(taskId: string, report: ReportRef): Promise<void> {
    const data = { ...this.#data(taskId), result: 'WARN' as const, counts: { warning: 1 }, report };
    return this.#say(makeFact(SubTaskCompleted, { ...this.#envelope(taskId), data }));
  }

  async stop(): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }

  async #say(fact: Fact): Promise<void> {
    await this.database.transaction((tx) => {
      this.bus.publish(tx, [fact]);
      return Promise.resolve();
    });
  }

  #envelope(taskId: string): { id: string; source: string; subject: string; time: string } {
    return { id: v7(), source: `/teams/${this.subTaskType.toLowerCase()}`, subject: taskId, time: new Date().toISOString() };
  }

  #data(taskId: string): { taskId: string; subTaskType: string; round: number; attempt: number } {
    return { taskId, subTaskType: this.subTaskType, round: 1, attempt: 1 };
  }
}
