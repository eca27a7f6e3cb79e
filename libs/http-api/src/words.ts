/**
 * What codes of the API are called, for people, the same wherever they read them: in sentences, in the console, in a terminal. They begin small;
 * whoever begins a line with one uses `label`. Without the shapes' schema library: a page loads these at once (`@tributary/http-api/words`).
 */
import { type TaskStatus } from '@tributary/facts';

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export const statusWords: Readonly<Record<TaskStatus, Words>> = {
  INIT: { en: 'waiting', zh: '等待中' },
  RUNNING: { en: 'running', zh: '进行中' },
  SUCCESS: { en: 'passed', zh: '通过' },
  PARTIAL_SUCCESS: { en: 'partly passed', zh: '部分通过' },
  FAILED: { en: 'failed', zh: '未通过' },
  CANCELLED: { en: 'cancelled', zh: '已取消' },
};

/** How a participant ended. */
export const outcomeWords = {
  PASS: { en: 'passed', zh: '合格' },
  WARN: { en: 'passed with warnings', zh: '合格，有警告' },
  QUALITY: { en: 'not good enough', zh: '质量不合格' },
  TRANSIENT: { en: 'could not scan', zh: '未能完成扫描' },
  UNRECOVERABLE: { en: 'cannot scan this', zh: '无法扫描' },
} as const satisfies Readonly<Record<string, Words>>;

/** Why our own workers do not take part. What workers of others say about themselves stays as they said it. */
export const reasonWords: Readonly<Record<string, Words>> = {
  DISABLED: { en: 'switched off by its configuration', zh: '已在配置中停用' },
  NO_SQL_FILES: { en: 'no SQL files in the package', zh: '包中没有 SQL 文件' },
  NO_WEDATA_DEFINITIONS: { en: 'no WeData definitions in the package', zh: '包中没有 WeData 定义' },
  NO_WORKBOOKS: { en: 'no Excel workbooks in the package', zh: '包中没有 Excel 工作簿' },
  NO_WORKFLOW_TEMPLATE: { en: 'no workflow template among the workbooks', zh: '工作簿中没有工作流模板' },
  PACKAGE_SOUND: { en: 'the package itself is sound', zh: '包结构完好' },
  PACKAGE_UNREADABLE: { en: 'the package cannot be read; PACKAGE says why', zh: '版本包无法读取，原因见 PACKAGE' },
};

/** Undefined for a code that is none of ours. */
export function wordsForReason(code: string): Words | undefined {
  return Object.hasOwn(reasonWords, code) ? reasonWords[code] : undefined;
}

/** The words, and the code behind them by which the API and `--json` know it. */
export function statusWithCode(status: TaskStatus): Words {
  const { en, zh } = statusWords[status];
  return { en: `${en} (${status})`, zh: `${zh}（${status}）` };
}

/** As a line begins. */
export function label({ en, zh }: Words): Words {
  return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}`, zh };
}
