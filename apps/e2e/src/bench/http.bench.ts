/** What the door does: how soon it answers, how fast it takes bytes in, how many gates go through. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GateClient } from '../testing/gate-client';
import { plainPackage, sqlPackage } from '../testing/packages';
import { until } from '../testing/until';
import { rssBytesOf } from './cpu';
import { type Measured } from './figures';
import { type Surroundings } from './surroundings';

const megabyte = 1024 * 1024;
const idleRuns = 100;
const rowRuns = 40;
const lagRuns = 10;
const bigMb = 1024;
/** Enough to keep it busy at the rate that is wanted: more only makes a queue. */
const openGatesMax = 120;
/** A rate is taken over so long. */
const rateWindowMs = 4_000;
const uploaders = 4;

/** A package of about a megabyte, other bytes each time. */
function megabytePackage(): Buffer {
  return Buffer.concat([plainPackage().subarray(0, 4), randomBytes(megabyte)]);
}

/** Idle: whoever looked at the upload before has ended and its verdict is in. In a row: the upload before is still being looked at. */
export async function acceptLatency(surroundings: Surroundings): Promise<Measured[]> {
  const { system, cpuMs } = await surroundings.standalone();
  const gate = new GateClient(system.url);
  const policy = { participationMs: 500, gapMs: 100, deadlineMs: 20_000 };
  const accepted = async (values: number[]): Promise<string> => {
    const body = megabytePackage();
    const began = performance.now();
    const taskId = await gate.upload(body, { policy });
    values.push(performance.now() - began);
    return taskId;
  };
  const settled = async (taskId: string): Promise<void> => {
    await gate.verdict(taskId);
    await sleep(200);
  };
  for (let warm = 0; warm < 5; warm++) await settled(await accepted([]));
  const idle: number[] = [];
  const cpuBefore = cpuMs();
  for (let run = 0; run < idleRuns; run++) await settled(await accepted(idle));
  const cpu = { ms: (cpuMs() - cpuBefore) / idleRuns, per: 'upload' };
  const inARow: number[] = [];
  for (let run = 0; run < rowRuns; run++) {
    await accepted(inARow);
    await sleep(100);
  }
  return [
    {
      what: '1 MB to its 202, idle',
      unit: 'ms',
      values: idle,
      cpu,
      note: `n=${idleRuns}, each after the verdict of the one before; CPU to the verdict, with its polling`,
    },
    { what: '1 MB to its 202, in a row', unit: 'ms', values: inARow, note: `n=${rowRuns}, a pause of 100 ms: workers still look at the one before` },
  ];
}

export async function bigUpload(surroundings: Surroundings): Promise<Measured[]> {
  const { system, cpuMs } = await surroundings.standalone();
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const file = join(folder, 'big.zip');
  try {
    await writeBig(file);
    const copy = await timed(() => copyWithSync(file, join(folder, 'copy')));
    const hash = await timed(() => pipeline(createReadStream(file, { highWaterMark: megabyte }), createHash('sha256')));
    const rssBefore = rssBytesOf(system.pid);
    let rssMax = rssBefore;
    const sampler = setInterval(() => (rssMax = Math.max(rssMax, rssBytesOf(system.pid))), 20);
    const cpuBefore = cpuMs();
    const took = await timed(() => send(system.url, file)).finally(() => {
      clearInterval(sampler);
    });
    const speed = (ms: number): number => (bigMb / ms) * 1000;
    return [
      { what: '1 GB upload', unit: 'MB/s', values: [speed(took)], cpu: { ms: (cpuMs() - cpuBefore) / bigMb, per: 'MB' }, note: 'client on the same machine' },
      { what: 'copy and fsync of the same file', unit: 'MB/s', values: [speed(copy)] },
      {
        what: 'sha256 of the same file in Node',
        unit: 'MB/s',
        values: [speed(hash)],
        note: `the upload took ${(took / Math.max(copy, hash)).toFixed(2)} x the slower of the two`,
      },
      { what: 'RSS above idle while uploading', unit: 'MB', values: [(rssMax - rssBefore) / megabyte] },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function verdictLag(surroundings: Surroundings): Promise<Measured[]> {
  const { system, cpuMs } = await surroundings.standalone();
  const gate = new GateClient(system.url);
  const policy = { participationMs: 1_000, gapMs: 200, deadlineMs: 60_000 };
  const values: number[] = [];
  const cpuBefore = cpuMs();
  for (let run = 0; run < lagRuns; run++) {
    const { window, lastFactAt } = (await gate.verdict(await gate.upload(sqlPackage(10), { policy }))) as {
      window: { participationEndsAt: string; closedAt: string };
      lastFactAt: string;
    };
    const due = Math.max(
      Date.parse(window.participationEndsAt),
      Date.parse(lastFactAt) < Date.parse(window.closedAt) ? Date.parse(lastFactAt) + policy.gapMs : 0,
    );
    values.push(Date.parse(window.closedAt) - due);
  }
  return [
    {
      what: 'window closed after it was due',
      unit: 'ms',
      values,
      cpu: { ms: (cpuMs() - cpuBefore) / lagRuns, per: 'gate' },
      note: '10 SQL files, one gate at a time; CPU with its polling',
    },
  ];
}

export async function gatesPerSecond(kind: 'standalone' | 'cluster', surroundings: Surroundings): Promise<Measured[]> {
  const { system, cpuMs, query } = await (kind === 'standalone' ? surroundings.standalone() : surroundings.cluster());
  const gate = new GateClient(system.url);
  const policy = { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000 };
  const verdicts = async (): Promise<number> => (await query<{ n: number }>('SELECT count(*)::int AS n FROM coordinator.verdict'))[0]?.n ?? 0;
  const before = await verdicts();
  let sent = 0;
  let judged = 0;
  const rates: number[] = [];
  const end = performance.now() + surroundings.loadMs;
  const cpuBefore = cpuMs();
  const watch = async (): Promise<void> => {
    let [windowBegan, judgedThen] = [performance.now(), 0];
    while (performance.now() < end) {
      await sleep(100);
      judged = (await verdicts()) - before;
      const took = performance.now() - windowBegan;
      if (took < rateWindowMs) continue;
      rates.push(((judged - judgedThen) / took) * 1_000);
      [windowBegan, judgedThen] = [performance.now(), judged];
    }
  };
  const uploader = async (): Promise<void> => {
    const bytes = sqlPackage(10);
    while (performance.now() < end) {
      if (sent - judged >= openGatesMax) await sleep(20);
      else {
        sent++;
        await gate.upload(bytes, { policy });
      }
    }
  };
  await Promise.all([watch(), ...Array.from({ length: uploaders }, uploader)]);
  const done = judged;
  const cpu = cpuMs() - cpuBefore;
  const drainBegan = performance.now();
  await until('all gates to be judged', async () => (await verdicts()) - before >= sent, { withinMs: 300_000, everyMs: 250 });
  // The first windows close only after participation: that time says nothing about the rate.
  const values = rates.slice(1);
  const note = `${uploaders} uploaders for ${surroundings.loadMs / 1000} s, 10 SQL files each; ${sent} sent, ${done} judged meanwhile, the rest within ${((performance.now() - drainBegan) / 1000).toFixed(1)} s`;
  const what = kind === 'standalone' ? 'gates judged, npm start' : 'gates judged, cluster on Kafka';
  return [{ what, unit: 'per s', values, cpu: { ms: cpu / Math.max(1, done), per: 'gate' }, note }];
}

async function writeBig(file: string): Promise<void> {
  const chunk = randomBytes(megabyte);
  const handle = await open(file, 'w');
  for (let n = 0; n < bigMb; n++) {
    // What the gateway looks at: the first bytes of a zip.
    if (n === 0) await handle.write(Buffer.concat([plainPackage().subarray(0, 4), chunk.subarray(4)]));
    else await handle.write(chunk);
  }
  await handle.sync();
  await handle.close();
}

async function copyWithSync(from: string, to: string): Promise<void> {
  const target = createWriteStream(to, { flush: true });
  await pipeline(createReadStream(from, { highWaterMark: megabyte }), target);
}

async function send(url: string, file: string): Promise<void> {
  const query = new URLSearchParams({ product: 'big', policy: JSON.stringify({ participationMs: 1_000, gapMs: 100, deadlineMs: 60_000 }) });
  const headers = { 'content-type': 'application/zip', 'content-length': String(bigMb * megabyte) };
  const outgoing = request(`${url}/api/v1/gate/tasks?${query.toString()}`, { method: 'POST', headers });
  const status = new Promise<number | undefined>((resolve, reject) => {
    outgoing.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    outgoing.once('error', reject);
  });
  await Promise.all([pipeline(createReadStream(file, { highWaterMark: megabyte }), outgoing), status]);
  if ((await status) !== 202) throw new Error(`the upload answered ${String(await status)}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
