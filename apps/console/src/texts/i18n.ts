/** Starts the texts in the language that was chosen, else in the one that the browser asks for. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { keep, kept } from '../shell/preferences';
import { catalogues } from './catalogues';
import { firstSpoken, type Language, languages, tagOf } from './language';

const preference = 'language';
type Catalogues = typeof catalogues;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    keySeparator: false;
    nsSeparator: false;
    resources: { [Name in keyof Catalogues]: Catalogues[Name]['en'] };
  }
}

export async function startTexts(): Promise<void> {
  const language = languages.find((known) => known === kept(preference)) ?? firstSpoken(navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(catalogues),
    defaultNS: 'shell',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: ofLanguage('en'), zh: ofLanguage('zh') },
  });
  tellDocument(language);
}

export function chooseLanguage(language: Language): void {
  keep(preference, language);
  tellDocument(language);
  void i18next.changeLanguage(language);
}

/** The language that is spoken now, outside of components. */
export function spokenLanguage(): Language {
  return i18next.language === 'zh' ? 'zh' : 'en';
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'zh' ? 'zh' : 'en';
}

function ofLanguage(language: Language): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(catalogues).map(([name, texts]) => [name, texts[language]]));
}

function tellDocument(language: Language): void {
  document.documentElement.lang = tagOf[language];
}
