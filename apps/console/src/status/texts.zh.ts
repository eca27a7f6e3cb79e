/** 状态用语：任务、结果、参与者。 */
import { type TranslationOf } from '../texts/translation';
import { type statusEn } from './texts.en';

export const statusZh: TranslationOf<typeof statusEn> = {
  state_INIT: '等待中',
  state_RUNNING: '进行中',
  state_SUCCESS: '通过',
  state_PARTIAL_SUCCESS: '部分通过',
  state_FAILED: '未通过',
  state_CANCELLED: '已取消',
  state_PASS: '合格',
  state_WARN: '合格，有警告',
  state_QUALITY: '质量不合格',
  state_TRANSIENT: '未能完成扫描',
  state_UNRECOVERABLE: '无法扫描',
  state_declined: '不参与',
  state_silent: '未响应',
  state_awaited: '尚未响应',
  state_late: '迟到',
  state_unreachable: '失联',
};
