import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaVersionIn, localKafkaMissing } from './local-kafka-missing';

describe('a machine without what the local Kafka needs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tributary-path-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** A PATH on which nothing is but these programs, each of which says its line on stderr. */
  function missingWith(programs: Readonly<Record<string, string>>): string | undefined {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    for (const [name, line] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho '${line}' >&2\n`);
      chmodSync(join(bin, name), 0o755);
    }
    return localKafkaMissing({ PATH: bin }, join(root, 'cache'));
  }

  it('is told apart by what is missing', () => {
    expect(missingWith({ mvn: 'Apache Maven 3.9.9' })).toBe('the local Kafka needs Java 17 or newer, and java cannot be started');
  });

  it('may have too old a Java', () => {
    expect(missingWith({ java: 'java version "1.8.0_292"', mvn: '' })).toBe('the local Kafka needs Java 17 or newer, and java is version 8');
  });

  it('may have no Maven to fetch the jars with', () => {
    expect(missingWith({ java: 'openjdk version "21.0.5" 2024-10-15' })).toBe('the local Kafka is fetched with Maven, and mvn cannot be started');
  });

  it('may miss nothing', () => {
    expect(missingWith({ java: 'openjdk version "17.0.2"', mvn: 'Apache Maven 3.9.9' })).toBeUndefined();
  });
});

it.each([
  ['openjdk version "17.0.2" 2022-01-18', 17],
  ['java version "1.8.0_292"', 8],
  ['openjdk version "25-ea" 2025-09-16', 25],
  ['a Java of its own kind', undefined],
])('%s is Java %s', (output, version) => {
  expect(javaVersionIn(output)).toBe(version);
});
