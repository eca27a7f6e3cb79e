/** A process of its own that starts a local Kafka on a folder, says so in one line of JSON, and then lives until it is killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundleScript } from './bundle';

const source = `
import { isLocalRuntimeError, startLocalKafka } from '@tributary/local-runtime';

startLocalKafka({ dataDir: process.argv[2] ?? '' }).then(
  (kafka) => process.stdout.write(JSON.stringify({ bootstrap: kafka.bootstrap, pid: kafka.nodes[0]?.pid }) + '\\n'),
  (error: unknown) => {
    process.stdout.write(JSON.stringify(isLocalRuntimeError(error) ? { code: error.code } : { code: 'UNTYPED', message: String(error) }) + '\\n');
    process.exitCode = 1;
  },
);
`;

export interface KafkaReport {
  readonly bootstrap: string;
  readonly pid: number;
  readonly code?: string;
}

export function startKafkaProcess(dataDir: string): { readonly process: ChildProcess; readonly report: Promise<KafkaReport> } {
  const child = spawn(process.execPath, [bundleScript('kafka', source), dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const report = new Promise<KafkaReport>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => {
      resolve(JSON.parse(line) as KafkaReport);
    });
    child.once('exit', (code) => {
      setTimeout(reject, 200, new Error(`ended with ${String(code)} before it said anything`));
    });
  });
  return { process: child, report };
}
