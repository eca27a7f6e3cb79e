/** The SQL worker: takes part where there are SQL files, and checks each with the rules of its profile. */
import { describeRule } from '@tributary/findings';
import { checkSql, sqlRules } from '@tributary/sql-rules';
import { decline, defineWorker, filesOf, judgeBySeverity, ofSoundPackages, take } from '@tributary/worker-kit/scanning';
import { sqlWorkerSummary } from './sql.worker-summary';

const sqlFile = /\.(sql|hql|ddl)$/i;

export const sqlWorker = defineWorker({
  rules: sqlRules.map(describeRule),
  ...ofSoundPackages(sqlWorkerSummary, {
    participates: (sound) => Promise.resolve(filesOf(sound, sqlFile).length > 0 ? take : decline('NO_SQL_FILES')),
    async *scan(sound, { rules: profile, fileBytesMax }, tools) {
      const uploadedAt = tools.uploadedAt === undefined ? {} : { uploadedAt: new Date(tools.uploadedAt).toISOString() };
      yield* tools.perFile(filesOf(sound, sqlFile), async (file) => {
        const read = await tools.text(sound, file, fileBytesMax);
        if (read.kind === 'refused') return [read.finding];
        const { findings, suppressed } = checkSql({ path: file.path, text: read.text, profile, ...uploadedAt });
        tools.suppressed(
          suppressed.map(({ ruleId, location: { path, range } }) => ({ ruleId, path, line: range?.startLine ?? 1, reason: 'tributary:ignore' })),
        );
        return findings;
      });
    },
  }),
  verdict: judgeBySeverity,
});
