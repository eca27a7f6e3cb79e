/** 任务列表的文本。 */
import { type TranslationOf } from '../texts/translation';
import { type tasksEn } from './texts.en';

export const tasksZh: TranslationOf<typeof tasksEn> = {
  title: '任务',
  live: '自动刷新',
  notLive: '翻阅时不自动刷新',
  refresh: '刷新',
  search: '搜索任务',
  searchHint: '产品、产品加版本，或任务编号',
  status: '状态',
  anyStatus: '全部状态',
  version: '产品与版本',
  package: '版本包',
  participants: '参与者',
  nobodyYet: '暂无',
  nobody: '无人参与',
  findings: '问题',
  findingsOf: '{{product}} {{version}} 的问题',
  uploaded: '上传时间',
  roundOpen: '第 {{round}} 轮进行中',
  noneTitle: '尚未上传',
  noneText: '任务从上传版本压缩包开始；能读懂其中内容的工作器会自行参与。',
  toUpload: '上传版本包',
  noMatchTitle: '没有符合的任务',
  noMatchText: '产品需输入完整名称。',
  clear: '显示全部任务',
};
