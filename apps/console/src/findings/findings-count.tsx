/** How many there are, how far they have come, and the two buttons that open and close all groups. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type FindingQuery } from './finding-query';
import { type FindingsState } from './findings-store';
import { type Tree } from './use-tree';

export interface FindingsCountProps {
  readonly state: FindingsState;
  readonly query: FindingQuery;
  /** How many the participants counted in their facts. */
  readonly told: number;
  readonly tree: Pick<Tree, 'openAll'>;
}

export function FindingsCount({ state, query, told, tree }: FindingsCountProps): ReactNode {
  const { t } = useTranslation('findings');
  const language = useLanguage();
  const narrowed = [query.type, query.severity, query.rule, query.path, query.text].some((value) => value !== undefined);
  const all = formatNumber(state.loaded, language);
  const counted = narrowed ? t('shownOf', { shown: formatNumber(state.total, language), all }) : t('loaded', { count: state.loaded });
  return (
    <div className="findings-count">
      <span role="status">
        {state.complete ? counted : t('loadingMore', { count: state.loaded })}
        {state.complete && told > state.loaded && <span className="dim"> · {t('onlyCounted', { count: told - state.loaded })}</span>}
      </span>
      <Button
        size="small"
        type="text"
        onClick={() => {
          tree.openAll(true);
        }}
      >
        {t('expandAll')}
      </Button>
      <Button
        size="small"
        type="text"
        onClick={() => {
          tree.openAll(false);
        }}
      >
        {t('collapseAll')}
      </Button>
    </div>
  );
}
