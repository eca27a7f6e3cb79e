/** What is wrong with a workbook as a file. */
import { assembleFindings, type Bilingual, type Finding, type RuleMetadata } from '@tributary/findings';

const rules = {
  WORKBOOK_UNREADABLE: {
    title: { en: 'A workbook that cannot be opened', zh: '无法打开的工作簿' },
    why: { en: 'It may hold workflows, and nobody has checked them.', zh: '其中可能包含未经检查的工作流。' },
  },
  WORKBOOK_LEGACY: {
    title: { en: 'A workbook in the format before 2007', zh: '旧版（.xls）工作簿' },
    why: { en: 'It is not read: save it as .xlsx, so that its workflows can be checked.', zh: '该格式不会被读取，请另存为 .xlsx 以便检查其中的工作流。' },
  },
} as const;

export const workbookRules: readonly RuleMetadata[] = Object.entries(rules).map(([id, rule]) => ({ id, ...rule, source: 'excel-worker' }));

export function workbookFinding(ruleId: keyof typeof rules, path: string, severity: 'error' | 'warning', detail?: Bilingual): Finding[] {
  const { title, why } = rules[ruleId];
  const message = { en: `${title.en}: ${(detail ?? why).en}`, zh: `${title.zh}：${(detail ?? why).zh}` };
  return assembleFindings(path, [{ ruleId, severity, complaint: { message, location: {}, identity: ruleId } }]);
}
