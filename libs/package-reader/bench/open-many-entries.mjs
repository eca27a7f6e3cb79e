/** Prints how long a package of many small entries takes: the index made, the index read, and every entry read. */
import { createHash } from 'node:crypto';
import { registerHooks } from 'node:module';

const root = new URL('../../../', import.meta.url);
registerHooks({
  resolve(specifier, context, next) {
    const lib = /^@tributary\/(.+)$/.exec(specifier);
    if (lib) return next(new URL(`libs/${lib[1]}/src/index.ts`, root).href, context);
    return next(/^\.{1,2}\/[^.]+$/.test(specifier) || /\.(rule|fact)$/.test(specifier) ? `${specifier}.ts` : specifier, context);
  },
});

const { openPackage } = await import('../src/open-package.ts');
const { accessToBytes } = await import('../src/source.ts');
const { writeZip } = await import('../testing/zip-writer.ts');

const count = Number(process.argv[2] ?? 50_000);
const bytes = writeZip(
  Array.from({ length: count }, (_, index) => ({ name: `项目/${index % 100}/查询_${index}.sql`, data: `SELECT ${index} FROM t;\n`.repeat(20) })),
);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const budgets = { packageBytes: 2 ** 31, entries: count, entryBytes: 2 ** 29, inflatedBytes: 2 ** 33, ratio: 200, nesting: 1, pathBytes: 1_024, depth: 32 };

let stored;
const index = { get: async () => stored, putIfAbsent: async (made) => void (stored = made) };
let requests = 0;
const inner = accessToBytes(bytes);
const source = { size: inner.size, read: (start, length) => (requests++, inner.read(start, length)) };

const timed = async (what, work) => {
  const begun = performance.now();
  const answer = await work();
  console.log(`${what}: ${Math.round(performance.now() - begun)} ms`);
  return answer;
};

console.log(`${count} entries, ${bytes.length} bytes`);
await timed('index made', () => openPackage(source, { sha256, budgets, index }));
console.log(`requests: ${requests}, index: ${stored.length} bytes`);
const opened = await timed('index read', () => openPackage(source, { sha256, budgets, index }));
await timed('every entry read', async () => {
  for (const entry of opened.entries) await opened.readBytes(entry, 1 << 20);
});
