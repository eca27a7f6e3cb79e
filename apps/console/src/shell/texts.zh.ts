/** 页面框架的文本。 */
import { type TranslationOf } from '../texts/translation';
import { type shellEn } from './texts.en';

export const shellZh: TranslationOf<typeof shellEn> = {
  skipToContent: '跳到正文',
  navigation: '主导航',
  navUpload: '上传',
  apiDocs: '接口文档',
  language: '语言',
  languageEn: 'English',
  languageZh: '中文',
  theme: '主题',
  theme_system: '跟随系统',
  theme_light: '浅色',
  theme_dark: '深色',
  loading: '加载中…',
  offline: '当前离线，显示的内容可能已过时；恢复连接后会自动继续。',
  unreachable: '服务器没有应答，每隔几秒自动重试…',
  brokenTitle: '页面出错了',
  brokenText: '服务器上的数据未受影响。请重新加载页面；如果再次出现，请反馈以下信息：',
  updatedTitle: '控制台已更新',
  updatedText: '页面的一部分已不存在，多半是因为安装了新版本。',
  reload: '重新加载',
  notFoundTitle: '页面不存在',
  notFoundText: '{{path}} 没有内容，可能链接已过期或输入有误。',
  toUpload: '前往上传页',
  tokenTitle: '请验明身份',
  tokenText: '该门禁需要令牌。令牌只发送给本服务器，关闭标签页后即清除。',
  tokenLabel: '令牌',
  tokenWrong: '服务器不认识该令牌。',
  tokenUse: '使用该令牌',
  cancel: '取消',
};
