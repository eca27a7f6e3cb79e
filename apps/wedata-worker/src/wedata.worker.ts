/** The WeData worker: takes part where a file's content is a WeData definition, and checks all of them together. */
import { describeRule } from '@tributary/findings';
import { checkWedata, type WedataDocument, wedataRules } from '@tributary/wedata-rules';
import { decline, defineWorker, judgeBySeverity, ofSoundPackages, suppressedNote, take } from '@tributary/worker-kit/scanning';
import { candidatesIn, type DefinitionFile, definitionsIn, recognise } from './definition-files';
import { wedataWorkerSummary } from './wedata.worker-summary';

export const wedataWorker = defineWorker({
  rules: wedataRules.map(describeRule),
  ...ofSoundPackages(wedataWorkerSummary, {
    participates: async (sound, { fileBytesMax }, signal) => {
      for (const file of candidatesIn(sound, fileBytesMax)) {
        signal.throwIfAborted();
        if (await recognise(sound, file)) return take;
      }
      return decline('NO_WEDATA_DEFINITIONS');
    },
    async *scan(sound, { rules: profile, fileBytesMax, packageCharactersMax }, tools, signal) {
      const definitions = await definitionsIn(sound, fileBytesMax, signal);
      const siblings = together(definitions, packageCharactersMax);
      const uploadedAt = tools.uploadedAt === undefined ? {} : { uploadedAt: tools.uploadedAt };
      const files = definitions.map(({ file }) => file);
      yield* tools.perFile(files, async (file) => {
        const read = await tools.text(sound, file, fileBytesMax);
        if (read.kind === 'refused') return [read.finding];
        const { findings, suppressed, faults, omitted } = checkWedata({ path: file.path, text: read.text, profile, siblings, ...uploadedAt });
        tools.suppressed(suppressed.map(suppressedNote));
        for (const { ruleId, message } of faults) tools.note(`the profile's setting for ${ruleId} cannot be used: ${message}`);
        if (omitted > 0) tools.note(`${omitted} findings of ${file.path} are not listed`);
        return findings;
      });
    },
  }),
  verdict: judgeBySeverity,
});

/** The documents that are held in memory at once. */
function together(definitions: readonly DefinitionFile[], charactersMax: number): WedataDocument[] {
  let characters = 0;
  return definitions.flatMap(({ document }) => {
    characters += document?.text.length ?? 0;
    return document && characters <= charactersMax ? [document] : [];
  });
}
