/** `npm run cluster`: real services on one machine. */
import { tokensOf } from '@tributary/gateway';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  freePorts,
  isLocalRuntimeError,
  isPortInUse,
  makeWritableFolder,
  processView,
  startEmbeddedPostgres,
  startLocalKafka,
  superviseProcesses,
} from '@tributary/local-runtime';
import { StopWish } from '@tributary/platform/stop-wish';
import { ConfigurationError, languageOfTerminal, variableIn } from '@tributary/service-kit';
import { ArgumentError, type ClusterArguments, helpText, readArguments } from './arguments';
import { portsNeeded, processesOf } from './plan';
import { checkSettings, settingsOf } from './settings';

const began = performance.now();
/** What to stop, the newest last. */
const started: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
const wish = new StopWish();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (wish.heard() === 'end at once') process.exit(130);
    end(0);
  });
}
main(process.argv.slice(2)).catch((error: unknown) => {
  // Whoever stops it knows why it does not go on.
  if (stopping === undefined) process.stderr.write(`${sentenceOf(error)}\n`);
  end(1);
});

function end(code: number): void {
  stopping ??= stopEverything();
  stopping.then(
    () => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}

async function stopEverything(): Promise<void> {
  for (let stop = started.pop(); stop; stop = started.pop()) await stop();
}

async function main(argv: readonly string[]): Promise<void> {
  const given = readArguments(argv, process.env, process.cwd());
  if (given.help) {
    process.stdout.write(helpText[languageOfTerminal(process.env)]);
    return;
  }
  checkSettings(process.env, (sentence) => process.stderr.write(`${sentence}\n`));
  const host = variableIn(process.env, 'TRIBUTARY_HTTP_HOST') ?? '127.0.0.1';
  await tokensOf({ host, tokensFile: variableIn(process.env, 'TRIBUTARY_TOKENS_FILE') });
  if (given.port !== 0 && (await isPortInUse(given.port, host)))
    throw new ArgumentError(`Port ${given.port} is in use. Stop what listens there, or choose another one: npm run cluster -- --port ${given.port + 1}`);
  const view = processView(process.stdout);
  const say = (line: string): void => {
    view.say(line);
  };
  const ownFolder = variableIn(process.env, 'TRIBUTARY_STORE_FOLDER');
  if (ownFolder !== undefined) await makeWritableFolder('TRIBUTARY_STORE_FOLDER', ownFolder);
  await makeWritableFolder('TRIBUTARY_DATA_DIR', given.dataFolder);
  const { databaseUrl, kafkaBrokers } = await startSurroundings(given, say);
  const storeFolder = ownFolder ?? join(given.dataFolder, 'packages');
  const logFolder = join(given.dataFolder, 'logs');
  await Promise.all([storeFolder, logFolder].map((folder) => mkdir(folder, { recursive: true })));
  const aborted = new AbortController();
  const supervised = superviseProcesses({
    processes: processesOf({
      bundles: join(__dirname, '..'),
      node: process.execPath,
      ...{ logFolder, storeFolder, databaseUrl, host },
      ...(kafkaBrokers !== undefined && { kafkaBrokers }),
      replicas: given.replicas,
      port: given.port,
      ports: await freePorts(portsNeeded(given.replicas)),
      settings: (service) => settingsOf(service, process.env),
    }),
    recordFile: join(given.dataFolder, 'processes.json'),
    readyTimeoutMs: 120_000,
    graceMs: 12_000,
    signal: aborted.signal,
    onChange: (states) => {
      view.show(states);
    },
    log: say,
  });
  // Also while they start: what they need stays until the last of them is gone.
  started.push(async () => {
    aborted.abort();
    await supervised.then(
      (supervisor) => supervisor.stop(),
      () => undefined,
    );
  });
  await supervised;
  if (given.kafka === undefined && kafkaBrokers !== undefined) say(`Kafka listens on ${kafkaBrokers}`);
  say(`Tributary is ready after ${((performance.now() - began) / 1000).toFixed(1)} s · 已就绪   http://${host}:${given.port}   logs in ${logFolder}`);
}

/** PostgreSQL and Kafka: those that were named, or our own. */
async function startSurroundings(
  { postgres, kafka, bus, dataFolder }: ClusterArguments,
  say: (line: string) => void,
): Promise<{ readonly databaseUrl: string; readonly kafkaBrokers?: string }> {
  const gone =
    (what: string) =>
    (why: string): void => {
      process.stderr.write(`${what} is gone (${why}); stopping.\n`);
      end(1);
    };
  const ownPostgres = async (): Promise<string> => {
    const server = await startEmbeddedPostgres({ dataDir: join(dataFolder, 'postgres'), log: say, onLost: gone('The embedded PostgreSQL') });
    started.push(() => server.stop());
    return server.url;
  };
  const ownKafka = async (): Promise<string> => {
    const server = await startLocalKafka({ dataDir: join(dataFolder, 'kafka'), log: say });
    started.push(() => server.stop());
    return server.bootstrap;
  };
  const [databaseUrl, kafkaBrokers] = await Promise.all([postgres ?? ownPostgres(), bus === 'kafka' ? (kafka ?? ownKafka()) : undefined]);
  return { databaseUrl, ...(kafkaBrokers !== undefined && { kafkaBrokers }) };
}

function sentenceOf(error: unknown): string {
  if (error instanceof ArgumentError || error instanceof ConfigurationError) return error.message;
  if (isLocalRuntimeError(error)) return [error.message, error.hint.en, error.hint.zh, error.detail].filter(Boolean).join('\n');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
