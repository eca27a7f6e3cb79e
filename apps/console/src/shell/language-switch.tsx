/** English or Chinese, each in its own words. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, useLanguage } from '../texts/i18n';
import { tagOf } from '../texts/language';

export function LanguageSwitch(): ReactNode {
  const { t } = useTranslation('shell');
  const other = useLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="frame-button"
      lang={tagOf[other]}
      onClick={() => {
        chooseLanguage(other);
      }}
    >
      {other === 'zh' ? t('languageZh') : t('languageEn')}
    </button>
  );
}
