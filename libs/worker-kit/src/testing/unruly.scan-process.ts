/** A scan process whose scans do what the file's name says: for tests of everything that can go wrong. */
import { assembleFindings } from '@tributary/findings';
import { z } from 'zod';
import { createScanProcess, decline, defineWorker, judgeBySeverity, ofSoundPackages, take } from '../scanning';

const hold: unknown[] = [];

const deeds: Readonly<Record<string, () => void>> = {
  loop: () => {
    for (;;) hold.length = 0;
  },
  grow: () => {
    for (;;) hold.push({ n: hold.length, text: 'x'.repeat(32) });
  },
  // One allocation that no heap holds: V8 ends the process for it.
  burst: () => {
    hold.push(new Array(2 ** 25).fill(1.5));
  },
  text: () => {
    for (let text = 'ab'; ; text += text) hold.push(text.at(-1));
  },
  // Outside of the JavaScript heap.
  buffers: () => {
    for (;;) hold.push(Buffer.alloc(64 * 1024 * 1024, 1));
  },
  exit: () => process.exit(7),
  abort: () => {
    process.abort();
  },
  throw: () => {
    throw new Error("cannot do it, password='hunter2-hunter2'");
  },
};

const unruly = defineWorker({
  ...ofSoundPackages(
    { subTaskType: 'UNRULY', version: '1', configSchema: z.strictObject({ enabled: z.boolean().default(true), sniff: z.boolean().default(false) }) },
    {
      participates: async (sound, { sniff }) => {
        for (const entry of sound.entries) if (sniff) deeds[entry.path]?.();
        for (const entry of sound.entries) if (entry.path === 'sniffed') await sound.readBytes(entry, 1_000);
        return sound.entries.some(({ path }) => path === 'nothing') ? decline('NOTHING_HERE', 'as asked') : take;
      },
      async *scan(sound, _config, tools, signal) {
        yield* tools.perFile(sound.entries, async (file) => {
          deeds[file.path]?.();
          if (file.path === 'wait')
            await new Promise((resolve) => {
              signal.addEventListener('abort', resolve);
            });
          const read = await tools.text(sound, file, 1_000);
          if (read.kind === 'refused') return [read.finding];
          const complaint = { message: { en: `says ${read.text}`, zh: read.text }, location: {}, evidence: read.text, identity: read.text };
          return file.path.startsWith('bad') ? assembleFindings(file.path, [{ ruleId: 'test/bad', severity: 'error', complaint }]) : [];
        });
      },
    },
  ),
  rules: [{ id: 'test/bad', title: 'Bad' }],
  verdict: judgeBySeverity,
});

createScanProcess([unruly]);
