/** The Excel worker: takes part where a sheet is a workflow template by its headers, and checks its tasks. */
import { checkWorkbook, excelRules } from '@tributary/excel-rules';
import { describeRule } from '@tributary/findings';
import { decline, defineWorker, judgeBySeverity, ofSoundPackages, suppressedNote, take } from '@tributary/worker-kit/scanning';
import { excelWorkerSummary } from './excel.worker-summary';
import { legacyWorkbooksIn, loadWorkbook, workbooksIn } from './load-workbook';
import { workbookFinding, workbookRules } from './workbook-findings';

export const excelWorker = defineWorker({
  rules: [...excelRules.map(describeRule), ...workbookRules],
  ...ofSoundPackages(excelWorkerSummary, {
    participates: async (sound, { unreadable, legacy }, signal) => {
      const [workbooks, legacyWorkbooks] = [workbooksIn(sound), legacyWorkbooksIn(sound)];
      if (legacyWorkbooks.length > 0 && legacy !== 'ignore') return take;
      for (const file of workbooks) {
        const { kind } = await loadWorkbook(sound, file, signal);
        if (kind === 'template' || (kind === 'unreadable' && unreadable !== 'ignore')) return take;
      }
      return workbooks.length === 0 ? decline('NO_WORKBOOKS') : decline('NO_WORKFLOW_TEMPLATE');
    },
    async *scan(sound, { rules: profile, unreadable, legacy }, tools, signal) {
      yield* tools.perFile(workbooksIn(sound), async (file) => {
        const loaded = await loadWorkbook(sound, file, signal);
        if (loaded.kind === 'other' || (loaded.kind === 'unreadable' && unreadable === 'ignore')) return [];
        if (loaded.kind === 'unreadable')
          return workbookFinding('WORKBOOK_UNREADABLE', file.path, unreadable === 'warning' ? 'warning' : 'error', loaded.detail);
        const { findings, suppressed, faults, omitted } = checkWorkbook({ path: file.path, workbook: loaded.workbook, profile });
        tools.suppressed(suppressed.map(suppressedNote));
        for (const { ruleId, message } of faults) tools.note(`the profile's setting for ${ruleId} cannot be used: ${message}`);
        if (omitted > 0) tools.note(`${omitted} findings of ${file.path} are not listed`);
        return findings;
      });
      if (legacy !== 'ignore') for (const { path } of legacyWorkbooksIn(sound)) yield* workbookFinding('WORKBOOK_LEGACY', path, legacy);
    },
  }),
  verdict: judgeBySeverity,
});
