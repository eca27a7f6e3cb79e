/** One broker: a JVM in a folder of its own, that can be started, stopped, killed and frozen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment } from '../config';
import { LocalRuntimeError, messageOf } from '../local-runtime-error';
import { boundLog, lastLines, readFrom, sizeOf } from '../bounded-log';
import { commandLineOf, isRunning, isStopped } from '../process-identity';
import { runProgram } from '../run-program';
import { sleep, until } from '../sleep';
import { probeBroker } from './broker-probe';

export interface KafkaNodeOptions {
  readonly id: number;
  readonly port: number;
  readonly dir: string;
  /** The text of its server.properties. */
  readonly properties: string;
  readonly classpath: string;
  readonly clusterId: string;
  /** `384m` */
  readonly heap: string;
  /** Compiles everything: slower start, higher throughput. For benchmarks. */
  readonly fullJit: boolean;
  /** Class data archive of an earlier run; makes starts a second faster. */
  readonly archive: string | undefined;
}

export interface NodeStart {
  /** Ready when it knows so many brokers. */
  readonly brokersMin?: number;
  readonly timeoutMs?: number;
  /** Write a class data archive there when the node stops. */
  readonly archiveAtExit?: string;
}

export class KafkaNode {
  private jvm: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private holding = true;

  constructor(private readonly options: KafkaNodeOptions) {}

  get id(): number {
    return this.options.id;
  }

  get port(): number {
    return this.options.port;
  }

  get pid(): number | undefined {
    return this.jvm?.pid;
  }

  get running(): boolean {
    return this.jvm !== undefined && this.jvm.exitCode === null && this.jvm.signalCode === null;
  }

  get dir(): string {
    return this.options.dir;
  }

  get logFile(): string {
    return join(this.options.dir, 'server.log');
  }

  private get propertiesFile(): string {
    return join(this.options.dir, 'server.properties');
  }

  private get pidFile(): string {
    return join(this.options.dir, 'pid');
  }

  /** On the data that are there; resolves when it answers and knows its neighbours. @throws LocalRuntimeError */
  async start({ brokersMin = 1, timeoutMs = 60_000, archiveAtExit }: NodeStart = {}): Promise<void> {
    await this.prepare();
    await boundLog(this.logFile);
    const offset = await sizeOf(this.logFile);
    await this.launch(archiveAtExit);
    let why = '';
    const ready = await until(
      async () => {
        if (!this.running) return true;
        try {
          const brokers = await probeBroker(this.port);
          why = `it knows ${String(brokers.length)} of ${String(brokersMin)} brokers`;
          return brokers.length >= brokersMin && brokers.some(({ id }) => id === this.id);
        } catch (error) {
          why = messageOf(error);
          return false;
        }
      },
      timeoutMs,
      25,
    );
    if (!this.running) throw exitedEarly(this, await readFrom(this.logFile, offset));
    if (!ready) throw startFailed(`Kafka node ${String(this.id)} is not ready after ${String(timeoutMs)} ms: ${why}`, this.logFile, '');
  }

  /** Without a chance to say goodbye, as a power failure would. */
  async kill(): Promise<void> {
    if (this.running) this.jvm?.kill('SIGKILL');
    await this.exited;
  }

  /** Freeze and thaw: a node that is there but does not answer. Resolves when the last of its threads stands still. */
  async pause(): Promise<void> {
    const { pid } = this;
    if (pid === undefined || !this.running) return;
    this.jvm?.kill('SIGSTOP');
    if (!(await until(() => isStopped(pid), 5_000, 5))) throw startFailed(`Kafka node ${String(this.id)} cannot be frozen`, this.logFile, '');
  }

  resume(): void {
    this.jvm?.kill('SIGCONT');
  }

  async stop(graceMs = 15_000): Promise<void> {
    if (!this.running) return;
    this.jvm?.kill('SIGTERM');
    this.jvm?.kill('SIGCONT');
    const timer = setTimeout(() => this.jvm?.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  /** Our process may end while the node runs. */
  unref(): void {
    this.holding = false;
    this.jvm?.unref();
  }

  /** A JVM from an earlier life on this folder, told by its command line; stopped. */
  async stopOrphan(): Promise<boolean> {
    const pid = Number(await readFile(this.pidFile, 'utf8').catch(() => ''));
    if (!(await this.isOurs(pid))) return false;
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      process.kill(pid, signal);
      process.kill(pid, 'SIGCONT');
      if (await until(async () => !(await this.isOurs(pid)), 10_000, 50)) break;
    }
    await rm(this.pidFile, { force: true });
    return true;
  }

  private async isOurs(pid: number): Promise<boolean> {
    if (!(await isRunning(pid))) return false;
    return (await commandLineOf(pid))?.includes(this.propertiesFile) ?? false;
  }

  private async prepare(): Promise<void> {
    await mkdir(this.options.dir, { recursive: true });
    await writeFile(this.propertiesFile, this.options.properties);
    if (existsSync(join(this.options.dir, 'log', 'meta.properties'))) return;
    const args = ['-Xmx128m', ...this.quickJvm(), ...this.classArchive(), '-Dorg.slf4j.simpleLogger.defaultLogLevel=error', '-cp', this.options.classpath];
    const format = ['kafka.tools.StorageTool', 'format', '-t', this.options.clusterId, '-c', this.propertiesFile, '--ignore-formatted'];
    const result = await runProgram({ command: 'java', args: [...args, ...format], env: javaEnvironment() });
    if (result.startFailure !== undefined) throw noJava(result.output);
    if (result.code !== 0) throw startFailed(`Kafka could not format ${this.options.dir}`, this.logFile, lastLines(result.output));
  }

  private async launch(archiveAtExit: string | undefined): Promise<void> {
    const cds = archiveAtExit === undefined ? this.classArchive() : [`-XX:ArchiveClassesAtExit=${archiveAtExit}`];
    const memory = ['-Xms64m', `-Xmx${this.options.heap}`, '-XX:MaxDirectMemorySize=256m', '-Djava.awt.headless=true'];
    const logging = ['defaultLogLevel=warn', 'showDateTime=true', 'dateTimeFormat=HH:mm:ss.SSS', 'showThreadName=false'].map(
      (rest) => `-Dorg.slf4j.simpleLogger.${rest}`,
    );
    const log = await open(this.logFile, 'a');
    try {
      // Detached: Ctrl-C is for us, and we then stop the nodes in order.
      const jvm = spawn('java', [...memory, ...this.quickJvm(), ...cds, ...logging, '-cp', this.options.classpath, 'kafka.Kafka', this.propertiesFile], {
        stdio: ['ignore', log.fd, log.fd],
        env: javaEnvironment(),
        detached: true,
      });
      this.jvm = jvm;
      this.exited = new Promise((resolve) => {
        jvm.once('exit', resolve);
        jvm.once('error', resolve);
      }).then(() => rm(this.pidFile, { force: true }));
      if (!this.holding) jvm.unref();
      if (jvm.pid === undefined) throw noJava('java could not be started');
      await writeFile(this.pidFile, String(jvm.pid));
      await sleep(0); // an early 'exit' is seen before the first question
    } finally {
      await log.close();
    }
  }

  private quickJvm(): readonly string[] {
    return this.options.fullJit ? ['-XX:+UseSerialGC'] : ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  }

  private classArchive(): readonly string[] {
    const { archive } = this.options;
    return archive === undefined ? [] : [`-XX:SharedArchiveFile=${archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off'];
  }
}

/** Java 17 takes the encoding of file names from the locale. */
function javaEnvironment(): NodeJS.ProcessEnv {
  return { ...inheritedEnvironment(), LC_ALL: 'C.UTF-8' };
}

function noJava(detail: string): LocalRuntimeError {
  return new LocalRuntimeError(
    'NO_JAVA',
    'the local Kafka needs Java 17 or newer',
    {
      en: 'Install a JDK, or set TRIBUTARY_KAFKA_BROKERS to a Kafka of your own. npm start needs neither.',
      zh: '请安装 JDK 17(或更新),或用 TRIBUTARY_KAFKA_BROKERS 指向您自己的 Kafka。npm start 不需要它们。',
    },
    detail,
  );
}

function exitedEarly(node: KafkaNode, told: string): LocalRuntimeError {
  if (told.includes('UnsupportedClassVersionError')) return noJava(lastLines(told));
  return startFailed(`Kafka node ${String(node.id)} ended while it started`, node.logFile, lastLines(told));
}

function startFailed(message: string, logFile: string, detail: string): LocalRuntimeError {
  return new LocalRuntimeError('START_FAILED', message, { en: `Everything it said is in ${logFile}.`, zh: `完整日志见 ${logFile}。` }, detail);
}
