/** Fetches the jars of Kafka once, by Maven, into a cache; a hash of what was asked for is in the folder's name. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder, inheritedEnvironment } from '../config';
import { LocalRuntimeError } from '../local-runtime-error';
import { runProgram } from '../run-program';
import { pom } from './pom';

export interface KafkaJars {
  readonly dir: string;
  readonly classpath: string;
}

const mavenTimeoutMs = 600_000;

export async function resolveJars(log: (line: string) => void = () => undefined, cache: string = cacheFolder()): Promise<KafkaJars> {
  const dir = folderIn(cache);
  if (!areComplete(dir)) await fetchInto(dir, cache, log);
  const lib = join(dir, 'lib');
  const names = (await readdir(lib)).filter((name) => name.endsWith('.jar'));
  // A sorted list, not lib/*: the class data archive is only valid for the same order.
  const jars = names.sort().map((name) => join(lib, name));
  return { dir, classpath: jars.join(delimiter) };
}

/** Nothing has to be fetched any more. */
export function haveJars(cache: string = cacheFolder()): boolean {
  return areComplete(folderIn(cache));
}

function folderIn(cache: string): string {
  return join(cache, `kafka-${createHash('sha256').update(pom).digest('hex').slice(0, 12)}`);
}

function areComplete(dir: string): boolean {
  return existsSync(join(dir, 'complete'));
}

async function fetchInto(dir: string, cache: string, log: (line: string) => void): Promise<void> {
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'fetching-kafka-'));
  try {
    await writeFile(join(fresh, 'pom.xml'), pom);
    log('fetching Kafka with mvn, once ...');
    const args = ['-B', '-q', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(fresh, 'lib')}`];
    const result = await runProgram({ command: 'mvn', args, cwd: fresh, env: inheritedEnvironment(), timeoutMs: mavenTimeoutMs });
    if (result.startFailure !== undefined) throw noMaven(result.output);
    if (result.code !== 0) throw jarsFailed(result.output);
    await writeFile(join(fresh, 'complete'), '');
    await rename(fresh, dir);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have been first; then its jars are as good as ours.
    if (!areComplete(dir)) throw error;
  }
}

function noMaven(detail: string): LocalRuntimeError {
  return new LocalRuntimeError(
    'NO_MAVEN',
    'mvn could not be started; the local Kafka is fetched with it',
    {
      en: 'Install Maven and Java 17 or newer, or set TRIBUTARY_KAFKA_BROKERS to a Kafka of your own. npm start needs neither.',
      zh: '请安装 Maven 和 Java 17(或更新),或用 TRIBUTARY_KAFKA_BROKERS 指向您自己的 Kafka。npm start 不需要它们。',
    },
    detail,
  );
}

function jarsFailed(detail: string): LocalRuntimeError {
  return new LocalRuntimeError(
    'JARS_FAILED',
    'mvn could not fetch the jars of Kafka',
    { en: 'Look at what mvn said; a mirror is set in ~/.m2/settings.xml.', zh: '请查看 mvn 的输出；镜像可在 ~/.m2/settings.xml 中设置。' },
    detail,
  );
}
