/** The package worker: comes forward only for what must be refused, and says why. */
import { assembleFindings, type Finding } from '@tributary/findings';
import { type OpenedPackage, type Refusal, refusalCodes, refusalTexts } from '@tributary/package-reader';
import { decline, defineWorker, judgeBySeverity, take } from '@tributary/worker-kit/scanning';
import { packageWorkerSummary } from './package.worker-summary';

/** A worker that always passed would turn "all failed" into a partial success: for a sound package it declines. */
export const packageWorker = defineWorker({
  ...packageWorkerSummary,
  rules: refusalCodes.map((id) => ({ id, title: refusalTexts[id], severity: 'blocker', source: 'package-reader' })),
  participates: (opened, { enabled, verifyAll }) => {
    if (!enabled) return Promise.resolve(decline('DISABLED'));
    return Promise.resolve(opened.kind === 'refused' || verifyAll ? take : decline('PACKAGE_SOUND'));
  },
  async *scan(opened, _config, tools) {
    if (opened.kind === 'refused') yield refusalFinding(opened);
    else
      yield* tools.perFile(
        opened.entries.filter(({ kind }) => kind === 'file'),
        async (file) => {
          await readThrough(opened.read(file));
          return [];
        },
      );
  },
  verdict: judgeBySeverity,
});

/** The reader compares size and checksum; what is wrong is the kit's to tell. */
async function readThrough(content: AsyncIterable<Buffer>): Promise<void> {
  const chunks = content[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true) continue;
}

function refusalFinding({ refusal }: Extract<OpenedPackage, { kind: 'refused' }>): Finding {
  const complaint = { message: refusal.detail, location: {}, identity: refusal.code };
  const [finding] = assembleFindings(placeOf(refusal), [{ ruleId: refusal.code, severity: 'blocker', complaint }]);
  if (!finding) throw new Error('one complaint makes one finding');
  return finding;
}

/** Where no entry is to blame it is the archive itself; the name of one that is refused cannot be trusted, its number can. */
function placeOf({ entryIndex }: Refusal): string {
  return entryIndex === undefined ? 'package.zip' : `package.zip#${entryIndex}`;
}
