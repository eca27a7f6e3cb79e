/** `kill -9` of every service in turn while packages are scanned: whatever was accepted gets one verdict, and none that says nobody was there. */
import { describeWithLocalKafka } from '@tributary/testing';
import { GateClient } from './testing/gate-client';
import { mixedPackage } from './testing/packages';
import { startSystem, type System } from './testing/system';
import { until } from './testing/until';

const policy = { participationMs: 6_000, gapMs: 500, deadlineMs: 90_000 };
const rounds = Number(process.env['ROUNDS'] ?? 1);
const services = ['sql-worker', 'excel-worker', 'wedata-worker', 'package-worker', 'coordinator', 'definition', 'gateway'] as const;
const typeOf: Readonly<Record<string, string>> = { 'sql-worker': 'SQL', 'excel-worker': 'EXCEL', 'wedata-worker': 'WEDATA' };
const uploadsBefore = 3;
const uploadsDuring = 2;

describeWithLocalKafka('a cluster on Kafka', () => {
  killsEveryService('kafka');
});
describe('a cluster on PostgreSQL', () => {
  killsEveryService('postgres');
});

function killsEveryService(bus: 'kafka' | 'postgres'): void {
  let system: System | undefined;
  let gate: GateClient;

  beforeAll(async () => {
    system = await startSystem({ kind: 'cluster', bus });
    gate = new GateClient(system.url);
  }, 300_000);
  afterAll(async () => {
    await system?.stop();
  }, 90_000);

  /** The package goes to the gate until it is taken; the key makes two tries one upload. */
  async function accepted(name: string): Promise<string> {
    return await until(`${name} to be accepted`, async (see) => {
      const headers = { 'idempotency-key': `${bus}-${name}` };
      const answer = see(
        await gate.tryUpload(mixedPackage(150), { policy, product: 'crash', headers }).catch((error: unknown) => ({ status: 0, body: String(error) })),
      );
      return answer.status === 202 && (answer.body.taskId as string);
    });
  }

  /** Without this nothing was tried: the process is another one now, has read what it missed, and can do its work. */
  async function back(service: string, killed: number): Promise<void> {
    await until(`${service} to be back`, () => ![killed, undefined].includes(system!.pidOf(service)));
    const port = system!.environmentOf(service)['TRIBUTARY_HTTP_PORT'] ?? '';
    const isReady = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200;
    await until(`${service} to be ready`, isReady);
    await until('the door to be open', async (see) => see(await gate.call('GET', '/readyz').catch(() => undefined))?.status === 200);
  }

  it.each(services)(
    'judges every task once when %s dies in the middle',
    async (service) => {
      for (let round = 1; round <= rounds; round++) {
        const tasks: string[] = [];
        for (let n = 0; n < uploadsBefore; n++) tasks.push(await accepted(`${service}-${round}-before-${n}`));
        await gate.told(tasks[0]!, 'SubTaskStarted');
        const killed = await system!.kill(service);
        for (let n = 0; n < uploadsDuring; n++) tasks.push(await accepted(`${service}-${round}-during-${n}`));
        for (const taskId of tasks) {
          const task = await gate.verdict(taskId, { withinMs: 80_000 });
          const explanation = await until('the explanation', () => gate.explanation(taskId).catch(() => undefined));
          expect(explanation.rule.id).not.toBe('NO_PARTICIPANTS');
          expect(task).toMatchObject({ status: 'SUCCESS', revision: 1 });
          const others = Object.entries(typeOf).flatMap(([name, type]) => (name === service ? [] : [type]));
          expect(task.observedTypes).toEqual(expect.arrayContaining(others));
          const verdicts = (await gate.facts(taskId)).filter(({ type }) => type === 'MainTaskConverged' || type === 'MainTaskReconverged');
          expect(verdicts).toHaveLength(1);
        }
        await back(service, killed);
      }
    },
    120_000 * rounds,
  );
}
