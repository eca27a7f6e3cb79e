/** 各列表共用的文本。 */
import { type TranslationOf } from '../texts/translation';
import { type listsEn } from './texts.en';

export const listsZh: TranslationOf<typeof listsEn> = {
  loading: '列表加载中',
  more: '显示更多',
};
