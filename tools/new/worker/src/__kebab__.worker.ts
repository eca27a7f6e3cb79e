/** The __kebab__ worker: takes part where there are .__kebab__ files, and checks each with the rules of its profile. */
import { describeRule } from '@tributary/findings';
import { decline, defineWorker, filesOf, judgeBySeverity, ofSoundPackages, take } from '@tributary/worker-kit/scanning';
import { __camel__WorkerSummary } from './__kebab__.worker-summary';
import { checkText } from './check-text';
import { rules } from './rules';

const mine = /\.__kebab__$/i;

export const __camel__Worker = defineWorker({
  rules: rules.map(describeRule),
  ...ofSoundPackages(__camel__WorkerSummary, {
    // The code is for machines, the words beside it for whoever reads the verdict.
    participates: (sound) => Promise.resolve(filesOf(sound, mine).length > 0 ? take : decline('NO___TYPE___FILES', 'no .__kebab__ files / 没有 .__kebab__ 文件')),
    async *scan(sound, { rules: profile, fileBytesMax }, tools) {
      yield* tools.perFile(filesOf(sound, mine), async (file) => {
        const read = await tools.text(sound, file, fileBytesMax);
        return read.kind === 'refused' ? [read.finding] : checkText(file.path, read.text, profile);
      });
    },
  }),
  verdict: judgeBySeverity,
});
