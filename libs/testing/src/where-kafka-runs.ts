/** `describe` for tests that need a Kafka: skipped, with the reason printed, where the machine can have none. */
import { localKafkaMissing } from '@tributary/local-runtime';
import { wantedServices } from './config';
import { hasEngine } from './container-engine';
import { isAlwaysLocal, testKafka, type TestKafka, type TestKafkaOptions } from './test-kafka';
import { testPostgres } from './test-postgres';

/** With `testKafka`, started before the first test and stopped after the last, and the PostgreSQL beside it too. */
export function describeWithKafka(name: string, options: TestKafkaOptions, body: (kafka: () => TestKafka) => void): void {
  describeUnless(isAlwaysLocal(options) ? localKafka.missing() : anyKafkaMissing(), name, () => {
    let kafka: TestKafka | undefined;
    beforeAll(async () => {
      kafka = await testKafka(options);
    });
    body(() => {
      if (kafka === undefined) throw new Error('Kafka has not started');
      return kafka;
    });
    // After those of the body, which close what uses it: Jest keeps to the order in which it hears of them.
    afterAll(async () => {
      await kafka?.stop();
      await (await testPostgres()).stop();
    });
  });
}

/** For what a container cannot give: `npm run cluster`, the jars of the clients, brokers of one's own. Nothing is started. */
export function describeWithLocalKafka(name: string, body: () => void): void {
  describeUnless(localKafka.missing(), name, body);
}

function anyKafkaMissing(): string | undefined {
  const missing = localKafka.missing();
  // Who insists on containers is told when there are none.
  const inContainer = missing !== undefined && (wantedServices() === 'containers' || (wantedServices() === 'auto' && hasEngine()));
  return inContainer ? undefined : missing;
}

/** Looked for when the first test needs it, and once. */
const localKafka = {
  looked: undefined as { readonly missing: string | undefined } | undefined,
  missing(): string | undefined {
    return (this.looked ??= { missing: localKafkaMissing() }).missing;
  },
};

function describeUnless(missing: string | undefined, name: string, body: () => void): void {
  if (missing !== undefined) process.stderr.write(`skipped: ${name}: ${missing}\n`);
  (missing === undefined ? describe : describe.skip)(name, body);
}
