/** What the kit itself has to say about a file, whichever worker reads it. */
import { type Severity } from '@tributary/facts';
import { assembleFindings, type Bilingual, type Finding, type RuleMetadata } from '@tributary/findings';
import { type EntryCorrupt } from '@tributary/package-reader';

interface KitRule {
  readonly title: Bilingual;
  readonly why: Bilingual;
  readonly severity: Severity;
}

const kitRules = {
  ENTRY_CORRUPT: {
    title: { en: 'The content of a file is corrupt', zh: '文件内容已损坏' },
    why: { en: 'What was packed cannot be read back; nobody knows what would be deployed.', zh: '打包的内容无法还原，无法确定将要发布的是什么。' },
    severity: 'error',
  },
  TEXT_UNDECODABLE: {
    title: { en: 'A text in no one encoding', zh: '文本编码无法识别' },
    why: { en: 'Mixed encodings turn into wrong names and values when the file is run.', zh: '混用编码会在执行时变成错误的名称和值。' },
    severity: 'error',
  },
  ENTRY_TOO_LARGE: {
    title: { en: 'A file too large to check', zh: '文件过大，无法检查' },
    why: { en: 'A file that nobody has checked must not look clean.', zh: '未经检查的文件不应显示为通过。' },
    severity: 'error',
  },
  CHECK_FAILED: {
    title: { en: 'A file that could not be checked', zh: '文件检查失败' },
    why: { en: 'A file that nobody has checked must not look clean.', zh: '未经检查的文件不应显示为通过。' },
    severity: 'error',
  },
  FINDINGS_TRUNCATED: {
    title: { en: 'More findings than a report holds', zh: '问题数量超过报告上限' },
    why: { en: 'The report lists the first ones; fix them and scan again.', zh: '报告仅列出最先发现的问题，请修复后重新扫描。' },
    severity: 'info',
  },
  SCAN_TIMEOUT: {
    title: { en: 'A file that takes for ever', zh: '文件扫描超时' },
    why: { en: 'The scan was ended while it was at this file.', zh: '扫描在处理该文件时被终止。' },
    severity: 'error',
  },
  SCAN_OUT_OF_MEMORY: {
    title: { en: 'A file that takes all memory', zh: '扫描文件时内存耗尽' },
    why: { en: 'The scan was ended while it was at this file.', zh: '扫描在处理该文件时被终止。' },
    severity: 'error',
  },
  SCAN_CRASHED: {
    title: { en: 'A file that breaks the scan', zh: '扫描文件时异常中断' },
    why: { en: 'The scan was ended while it was at this file.', zh: '扫描在处理该文件时被终止。' },
    severity: 'error',
  },
} as const satisfies Readonly<Record<string, KitRule>>;

export type KitRuleId = keyof typeof kitRules;

export const kitRuleMetadata: readonly RuleMetadata[] = Object.entries(kitRules).map(([id, rule]) => ({ id, ...rule, source: 'worker-kit' }));

export interface KitComplaint {
  readonly path: string;
  readonly detail?: Bilingual;
  readonly severity?: Severity;
  readonly secrets?: readonly string[];
}

export function kitFinding(ruleId: KitRuleId, { path, detail, severity, secrets = [] }: KitComplaint): Finding {
  const { title, severity: usual } = kitRules[ruleId];
  const message = detail ? { en: `${title.en}: ${detail.en}`, zh: `${title.zh}：${detail.zh}` } : title;
  const raised = { ruleId, severity: severity ?? usual, complaint: { message, location: {}, identity: ruleId } };
  const [finding] = assembleFindings(path, [raised], secrets);
  if (!finding) throw new Error('one complaint makes one finding');
  return finding;
}

export function corruptFinding({ path, detail }: EntryCorrupt): Finding {
  return kitFinding('ENTRY_CORRUPT', { path, detail });
}
