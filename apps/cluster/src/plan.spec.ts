import { ArgumentError, helpText, readArguments } from './arguments';
import { portsNeeded, processesOf } from './plan';

const plan = (replicas: Record<string, number>, kafkaBrokers?: string) =>
  processesOf({
    bundles: '/dist',
    node: 'node',
    logFolder: '/logs',
    storeFolder: '/packages',
    databaseUrl: 'postgres://x',
    replicas,
    host: '127.0.0.1',
    port: 8080,
    ports: Array.from({ length: portsNeeded(replicas) }, (_, n) => 9_000 + n),
    settings: () => ({}),
    ...(kafkaBrokers !== undefined && { kafkaBrokers }),
  });

it('explains the same options in both languages', () => {
  const options = (text: string): readonly string[] => text.match(/--[a-z]+|TRIBUTARY_\w+/g) ?? [];
  expect(options(helpText.zh)).toEqual(options(helpText.en));
});

it('gives every process a name, a port and a log of its own; the gateway comes last and knows the others', () => {
  const processes = plan({ 'sql-worker': 2, coordinator: 2 }, 'localhost:9092');
  expect(processes.map(({ name }) => name)).toEqual([
    'definition',
    'package-worker',
    'sql-worker-1',
    'sql-worker-2',
    'excel-worker',
    'wedata-worker',
    'coordinator-1',
    'coordinator-2',
    'gateway',
  ]);
  expect(new Set(processes.map(({ readyUrl }) => readyUrl)).size).toBe(9);
  expect(new Set(processes.map(({ logFile }) => logFile)).size).toBe(9);
  const gateway = processes.at(-1);
  expect(gateway).toMatchObject({ stage: 3, readyUrl: 'http://127.0.0.1:8080/readyz' });
  expect(gateway?.env?.['TRIBUTARY_COORDINATOR_URL']?.split(',')).toHaveLength(2);
  expect(processes.every(({ env }) => env?.['TRIBUTARY_BUS'] === 'kafka' && env['TRIBUTARY_KAFKA_BROKERS'] === 'localhost:9092')).toBe(true);
});

it('runs without Kafka when told so', () => {
  expect(plan({}).every(({ env }) => env?.['TRIBUTARY_BUS'] === 'postgres')).toBe(true);
});

it('reads its arguments', () => {
  expect(readArguments(['--replicas', 'sql-worker=2', '--port', '9090', '--kafka', 'k:1'], {}, '/here')).toMatchObject({
    bus: 'kafka',
    kafka: 'k:1',
    port: 9090,
    replicas: { 'sql-worker': 2 },
    dataFolder: '/here/.tributary-cluster',
  });
});

it.each([
  ['--replicas', 'nobody=2'],
  ['--replicas', 'sql-worker'],
  ['--replicas', 'gateway=2'],
  ['--bus', 'rabbit'],
  ['--port', 'x'],
  ['--colour', 'red'],
])('refuses %j %j with a sentence', (...argv) => {
  expect(() => readArguments(argv, {}, '/')).toThrow(ArgumentError);
});
