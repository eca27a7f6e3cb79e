/** A moment as people say it: how long ago, and exactly when somebody points at it. */
import { type ReactNode } from 'react';
import { ago } from './ago';
import { formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { tagOf } from '../texts/language';

export function Moment({ at }: { readonly at: string }): ReactNode {
  const language = useLanguage();
  return (
    <time dateTime={at} title={formatMoment(at, language)}>
      {ago(Date.parse(at), Date.now(), tagOf[language])}
    </time>
  );
}
