/** The columns of the formats that are tables. */
import { inLanguage, type Language, type Report, type ShownFinding } from './report';
import { type Bilingual } from '../finding';

interface Column {
  readonly title: Bilingual;
  /** In characters of a spreadsheet. */
  readonly width: number;
  readonly value: (finding: ShownFinding, report: Pick<Report, 'rules' | 'language'>) => string | number | undefined;
}

export const columns: readonly Column[] = [
  { title: { en: 'severity', zh: '级别' }, width: 10, value: ({ severity }) => severity },
  { title: { en: 'type', zh: '类型' }, width: 12, value: ({ type }) => type },
  { title: { en: 'rule', zh: '规则' }, width: 28, value: ({ ruleId }) => ruleId },
  { title: { en: 'rule title', zh: '规则名称' }, width: 32, value: ({ ruleId }, { rules, language }) => titleOf(ruleId, rules, language) },
  { title: { en: 'path', zh: '文件' }, width: 40, value: ({ location }) => location.path },
  { title: { en: 'line', zh: '行' }, width: 7, value: ({ location }) => location.range?.startLine },
  { title: { en: 'column', zh: '列' }, width: 7, value: ({ location }) => location.range?.startColumn },
  { title: { en: 'sheet', zh: '工作表' }, width: 14, value: ({ location }) => location.sheet },
  { title: { en: 'cell', zh: '单元格' }, width: 9, value: ({ location }) => location.cell },
  { title: { en: 'pointer', zh: 'JSON 路径' }, width: 24, value: ({ location }) => location.pointer },
  { title: { en: 'message', zh: '说明' }, width: 60, value: ({ message }) => message },
  { title: { en: 'evidence', zh: '内容' }, width: 50, value: ({ evidence }) => evidence },
  { title: { en: 'fix', zh: '建议' }, width: 50, value: ({ fix }) => fix },
  { title: { en: 'fingerprint', zh: '指纹' }, width: 34, value: ({ fingerprint }) => fingerprint },
];

function titleOf(ruleId: string, rules: Report['rules'], language: Language): string | undefined {
  const title = rules(ruleId)?.title;
  return title === undefined ? undefined : inLanguage(title, language);
}
