/** What stands where no finding is: none at all, none so far, none that fits, none chosen, or one that is gone. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface NoFindingsProps {
  readonly kind: 'none' | 'noneYet' | 'onlyCounted' | 'noMatch' | 'pick' | 'gone';
  readonly count?: number;
  readonly onClear?: () => void;
}

const texts = {
  none: ['noneTitle', 'noneText'],
  noneYet: ['noneYetTitle', 'noneYetText'],
  onlyCounted: ['onlyCountedTitle', 'onlyCounted'],
  noMatch: ['noMatchTitle', 'noMatchText'],
  pick: ['pickTitle', 'pickText'],
  gone: ['goneTitle', 'goneText'],
} as const;

export function NoFindings({ kind, count = 0, onClear }: NoFindingsProps): ReactNode {
  const { t } = useTranslation('findings');
  const [title, text] = texts[kind];
  return (
    <div className="no-findings">
      <h2>{t(title)}</h2>
      <p className="dim">{t(text, { count })}</p>
      {onClear && <Button onClick={onClear}>{t('clearFilters')}</Button>}
    </div>
  );
}
