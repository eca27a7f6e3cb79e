/** Waits on a pipe that only we hold, and ends our brokers when it breaks: a killed test run or launcher leaves no JVM behind. */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { plainEnvironment } from '../config';

/** Arguments: the first signal (TERM, or KILL for data that nobody will miss), then the folders of the nodes. Each pid is checked against its command line. */
const script = `
read -r word && exit 0
signal=$1
shift
ours() {
  pid=$(cat "$1/pid" 2>/dev/null)
  [ -n "$pid" ] || return 1
  if [ -r "/proc/$pid/cmdline" ]; then line=$(tr '\\0' ' ' <"/proc/$pid/cmdline"); else line=$(ps -p "$pid" -o command= 2>/dev/null); fi
  case $line in *"$1/server.properties"*) return 0 ;; esac
  return 1
}
for dir; do
  ours "$dir" && kill -s "$signal" "$pid" && kill -s CONT "$pid"
done
i=0
while [ $i -lt 100 ]; do
  left=0
  for dir; do ours "$dir" && left=1; done
  [ $left = 0 ] && exit 0
  i=$((i + 1))
  sleep 0.1
done
for dir; do ours "$dir" && kill -s KILL "$pid"; done`;

export interface KafkaWatchdog {
  dismiss(): Promise<void>;
}

export function startKafkaWatchdog(nodeDirs: readonly string[], throwaway: boolean): KafkaWatchdog {
  const args = ['-c', script, 'tributary-kafka-watchdog', throwaway ? 'KILL' : 'TERM', ...nodeDirs];
  const child = spawn('/bin/sh', args, { detached: true, cwd: '/', env: plainEnvironment(), stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  child.stdin.on('error', () => undefined);
  return {
    async dismiss() {
      child.ref();
      child.stdin.end('done\n');
      await gone;
    },
  };
}
