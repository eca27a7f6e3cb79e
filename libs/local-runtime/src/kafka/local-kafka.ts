/** A real Kafka on loopback, one broker or three, without containers: for development, integration tests and fault tests. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '../free-port';
import { LocalRuntimeError, isLocalRuntimeError } from '../local-runtime-error';
import { keepBounded } from '../bounded-log';
import { identityOf, isSameProcess, type ProcessIdentity } from '../process-identity';
import { makeFolder } from '../writable-folder';
import { resolveJars, type KafkaJars } from './jars';
import { KafkaNode } from './kafka-node';
import { startKafkaWatchdog } from './kafka-watchdog';
import { renderProperties, type KafkaProperties } from './server-properties';

export interface LocalKafkaOptions {
  readonly brokers?: 1 | 3;
  /** Kept between starts, the ports too. Without it the data go to a temporary folder and are removed at the end. */
  readonly dataDir?: string;
  /** The first of 2 x brokers ports in a row; otherwise free ones. */
  readonly port?: number;
  readonly heap?: string;
  readonly fullJit?: boolean;
  /** Over the settings of the house. */
  readonly properties?: KafkaProperties;
  readonly classArchive?: boolean;
  readonly log?: (line: string) => void;
}

export interface LocalKafka {
  /** `127.0.0.1:19092`, comma-separated for three. */
  readonly bootstrap: string;
  readonly nodes: readonly KafkaNode[];
  readonly dataDir: string;
  /** Our process may end while the brokers run; the watchdog ends them then. */
  unref(): void;
  stop(): Promise<void>;
}

const folderPrefix = 'tributary-kafka-';
const portAttemptsMax = 3;

/** @throws LocalRuntimeError */
export async function startLocalKafka(options: LocalKafkaOptions = {}): Promise<LocalKafka> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Chosen ports can be taken by somebody else before the JVM is up; throwaway data simply try other ones.
      const portTaken = isLocalRuntimeError(error) && /Address already in use|BindException/.test(error.detail);
      if (!portTaken || options.dataDir !== undefined || options.port !== undefined || attempt >= portAttemptsMax) throw error;
    }
  }
}

/** Fetches the jars and builds the class data archive: once per machine, about 25 s; later starts take 2 to 3 s. */
export async function prepareLocalKafka(log: (line: string) => void = () => undefined): Promise<void> {
  const { dir } = await resolveJars(log);
  const archive = archiveIn(dir);
  if (existsSync(archive)) return;
  log('building the class data archive of Kafka ...');
  const kafka = await startLocalKafka({ classArchive: false, log });
  const fresh = `${archive}.${String(process.pid)}`;
  try {
    const [node] = kafka.nodes;
    await node?.stop();
    await node?.start({ archiveAtExit: fresh });
    await node?.stop(60_000);
  } finally {
    await kafka.stop();
  }
  if (existsSync(fresh)) await rename(fresh, archive);
}

async function startOnce(options: LocalKafkaOptions): Promise<LocalKafka> {
  const { brokers = 1, dataDir, log = () => undefined } = options;
  const jars = await resolveJars(log);
  const throwaway = dataDir === undefined;
  const root = throwaway ? await temporaryFolder() : await ownFolder(dataDir);
  const memory = await rememberCluster(root, brokers, options.port);
  if (!throwaway) await writeFile(ownerFileIn(root), JSON.stringify(await identityOf(process.pid)));
  const nodes = Array.from({ length: brokers }, (_, index) => makeNode(index, root, memory, jars, options));
  for (const node of nodes) {
    if (await node.stopOrphan()) log(`stopped Kafka node ${String(node.id)}, which an earlier Tributary left behind`);
  }
  const nodeDirs = nodes.map((node) => node.dir);
  const watchdog = startKafkaWatchdog(nodeDirs, throwaway);
  const unbound = nodes.map((node) => keepBounded(node.logFile));
  const stop = async (hard: boolean): Promise<void> => {
    for (const end of unbound) end();
    // Nodes that stop together lose their quorum and wait about 5 s for each other: throwaway data are not worth that.
    await Promise.all(nodes.map((node) => (hard ? node.kill() : node.stop())));
    await watchdog.dismiss();
    await rm(ownerFileIn(root), { force: true });
    if (throwaway) await rm(root, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await Promise.all(nodes.map((node) => node.start({ brokersMin: brokers })));
  } catch (error) {
    await stop(true);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    bootstrap: nodes.map((node) => `127.0.0.1:${String(node.port)}`).join(','),
    nodes,
    dataDir: root,
    unref() {
      for (const node of nodes) node.unref();
    },
    stop: () => (stopping ??= stop(throwaway && brokers > 1)),
  };
}

function makeNode(index: number, root: string, { ports, brokers, clusterId }: ClusterMemory, jars: KafkaJars, options: LocalKafkaOptions): KafkaNode {
  const { heap = '384m', fullJit = false, classArchive = true } = options;
  const [id, port] = [index + 1, ports[index] ?? 0];
  const dir = join(root, `node-${String(id)}`);
  const controllerPorts = ports.slice(brokers);
  const place = { nodeId: id, port, controllerPort: controllerPorts[index] ?? 0, controllerPorts, logDir: join(dir, 'log'), cores: availableParallelism() };
  const archive = classArchive && existsSync(archiveIn(jars.dir)) ? archiveIn(jars.dir) : undefined;
  return new KafkaNode({
    id,
    port,
    dir,
    properties: renderProperties(place, options.properties),
    classpath: jars.classpath,
    clusterId,
    heap,
    fullJit,
    archive,
  });
}

interface ClusterMemory {
  readonly brokers: number;
  readonly ports: readonly number[];
  readonly clusterId: string;
}

/** A kept folder comes back at the same addresses, because clients remember them. */
async function rememberCluster(root: string, brokers: number, port: number | undefined): Promise<ClusterMemory> {
  const file = join(root, 'cluster.json');
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as ClusterMemory) : undefined;
  if (known !== undefined && known.brokers !== brokers) {
    throw new LocalRuntimeError('INVALID_OPTION', `${root} holds a cluster of ${String(known.brokers)} brokers, not ${String(brokers)}`, {
      en: 'Start it with as many brokers as it has, or name another folder.',
      zh: '请使用相同的 broker 数量启动，或指定其他文件夹。',
    });
  }
  if (known !== undefined && (port === undefined || known.ports[0] === port)) return known;
  const ports = port === undefined ? await freePorts(2 * brokers) : Array.from({ length: 2 * brokers }, (_, index) => port + index);
  // Kafka's tools read a leading dash as an option.
  const clusterId = known?.clusterId ?? randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const memory = { brokers, ports, clusterId };
  await writeFile(file, JSON.stringify(memory));
  return memory;
}

/** Only an empty one or ours, and one owner at a time; an owner that was killed owns nothing. */
async function ownFolder(wanted: string): Promise<string> {
  await makeFolder(resolve(wanted));
  const root = await realpath(wanted);
  if (root.includes(',')) {
    throw new LocalRuntimeError('INVALID_OPTION', `${root}: Kafka takes a comma in a folder's name for two folders`, {
      en: 'Name another folder.',
      zh: '请指定其他文件夹(名称中不能有逗号)。',
    });
  }
  const names = await readdir(root);
  if (names.length > 0 && !names.includes('cluster.json') && !names.includes('owner.json')) {
    throw new LocalRuntimeError('NOT_OUR_FOLDER', `${root} holds something that is not Tributary's`, {
      en: 'Choose an empty or a new folder for the data; this one is left as it is.',
      zh: '请选择空文件夹或新文件夹存放数据；该文件夹不会被改动。',
    });
  }
  const owner = await readFile(ownerFileIn(root), 'utf8')
    .then((text) => JSON.parse(text) as ProcessIdentity)
    .catch(() => undefined); // no owner, or one that was killed while it wrote its name
  if (owner !== undefined && (await isSameProcess(owner))) {
    throw new LocalRuntimeError('DATA_FOLDER_IN_USE', `a local Kafka already runs on ${root} (process ${String(owner.pid)})`, {
      en: 'Use the one that runs, stop it, or name another folder.',
      zh: '请使用正在运行的实例，或先停止它，或指定其他文件夹。',
    });
  }
  return root;
}

/** Named after its maker, so that what a killed one left can be told apart and removed. */
async function temporaryFolder(): Promise<string> {
  const base = await realpath(tmpdir());
  for (const name of await readdir(base)) {
    const maker = new RegExp(`^${folderPrefix}(\\d+)-(\\w*)-\\w+$`).exec(name);
    if (maker === null || (await isSameProcess({ pid: Number(maker[1]), startedAt: maker[2] ?? '' }))) continue;
    // It may belong to another user, or somebody else may be removing it: both are fine.
    await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
  }
  const me = await identityOf(process.pid);
  return mkdtemp(join(base, `${folderPrefix}${String(me.pid)}-${me.startedAt}-`));
}

function ownerFileIn(root: string): string {
  return join(root, 'owner.json');
}

function archiveIn(jarsDir: string): string {
  return join(jarsDir, 'kafka.jsa');
}
