/** 窗口模拟器的文本。 */
import { outcomeWords } from '@tributary/http-api/words';
import { type TranslationOf } from '../texts/translation';
import { type simulatorEn } from './texts.en';

export const simulatorZh: TranslationOf<typeof simulatorEn> = {
  title: '窗口模拟器',
  about: '把事实放到时间线上，看各策略何时关闭窗口、得出什么结论。计算在浏览器中进行，与判定真实任务的代码相同；本页地址包含完整场景，可直接分享。',
  policies: '要比较的策略',
  noPolicy: '请选择策略。',
  examples: '示例',
  example_everybody: '全部按时',
  example_slow: '有人较慢',
  example_late: '有人迟到',
  example_nobody: '无人参与',
  laneOf: '策略 {{policy}} 下',
  participation: '参与期',
  gap: '静默',
  closed_QUIET: '{{at}} 后关闭：已保持静默',
  closed_DEADLINE: '{{at}} 后关闭：到达截止时间',
  closed_CANCELLED: '{{at}} 后关闭：已取消',
  lateText_other: '{{count}} 个事实在关闭后到达，仅记录、不计入结论。',
  facts: '何时发生什么',
  add: '添加事实',
  remove: '删除第 {{row}} 行',
  who: '参与者',
  what: '发生什么',
  when: '时刻（秒）',
  seconds: '秒',
  what_started: '开始扫描',
  what_pass: `完成：${outcomeWords.PASS.zh}`,
  what_warn: `完成：${outcomeWords.WARN.zh}`,
  what_quality: `完成：${outcomeWords.QUALITY.zh}`,
  what_transient: outcomeWords.TRANSIENT.zh,
  what_unrecoverable: outcomeWords.UNRECOVERABLE.zh,
  what_declined: '不参与',
  what_cancel: '有人取消任务',
  cancelShort: '取消',
};
