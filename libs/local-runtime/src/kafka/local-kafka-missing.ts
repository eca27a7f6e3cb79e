/** Can this machine run the local Kafka? Asked without starting one, for tests that are skipped where it cannot. */
import { spawnSync } from 'node:child_process';
import { cacheFolder, inheritedEnvironment } from '../config';
import { haveJars } from './jars';

const javaMin = 17;

/** A clause that says what is missing; undefined: nothing is, as far as one sees without trying. Blocks for the start of a JVM, about 50 ms. */
export function localKafkaMissing(env: NodeJS.ProcessEnv = inheritedEnvironment(), cache: string = cacheFolder()): string | undefined {
  const java = said('java', ['-version'], env);
  if (java === undefined) return `the local Kafka needs Java ${String(javaMin)} or newer, and java cannot be started`;
  const version = javaVersionIn(java);
  if (version !== undefined && version < javaMin) return `the local Kafka needs Java ${String(javaMin)} or newer, and java is version ${String(version)}`;
  if (haveJars(cache) || said('mvn', ['--version'], env) !== undefined) return undefined;
  return 'the local Kafka is fetched with Maven, and mvn cannot be started';
}

/** `openjdk version "17.0.2"`, `java version "1.8.0_292"`: 17 and 8. */
export function javaVersionIn(output: string): number | undefined {
  const [, major] = /version "(?:1\.)?(\d+)/.exec(output) ?? [];
  return major === undefined ? undefined : Number(major);
}

function said(command: string, args: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? `${stdout}${stderr}` : undefined;
}
