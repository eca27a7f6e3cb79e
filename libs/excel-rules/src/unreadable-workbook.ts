/** What to say about a workbook that could not be read. No rule can look into it, so this stands beside the rules. */
import { assembleFindings, type Bilingual, type Finding } from '@tributary/findings';
import { type ReadWorkbook } from './hucre.workbook';

type Refused = Extract<ReadWorkbook, { kind: 'refused' }>;

export const unreadableWorkbookId = 'excel/unreadable-workbook';

const MESSAGES: Readonly<Record<Refused['reasonCode'], Bilingual>> = {
  WORKBOOK_ENCRYPTED: { en: 'The workbook is protected by a password: nobody can import it', zh: '工作簿已加密，无法导入' },
  WORKBOOK_UNSUPPORTED: { en: 'The workbook has a format that cannot be read: save it as .xlsx', zh: '工作簿格式不受支持，请另存为 .xlsx' },
  WORKBOOK_TOO_LARGE: { en: 'The workbook is too large to be checked', zh: '工作簿过大，无法检查' },
  WORKBOOK_UNREADABLE: { en: 'The workbook is damaged or no workbook at all', zh: '工作簿已损坏，或根本不是工作簿' },
};

/** One blocker about the whole file. */
export function unreadableWorkbook(path: string, { reasonCode, detail }: Refused): Finding[] {
  const complaint = { message: MESSAGES[reasonCode], location: {}, evidence: detail, identity: reasonCode };
  return assembleFindings(path, [{ ruleId: unreadableWorkbookId, severity: 'blocker', complaint }]);
}
