/** The decision table from the top: the first row that holds decides. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { StatusIcon } from '../status/status-icon';
import { lookOf } from '../status/status-look';
import { type PlacedFact } from '../task/told';
import { type DecisionRow, decisionRows, policyRowsIn } from './decision-rows';

export interface DecisionTableProps {
  readonly decidedBy: string;
  readonly facts: readonly PlacedFact[];
}

export function DecisionTable({ decidedBy, facts }: DecisionTableProps): ReactNode {
  const { t } = useTranslation('why');
  const rows = decisionRows(decidedBy, policyRowsIn(facts.map(({ fact }) => fact)));
  return (
    <section className="card" aria-labelledby="table">
      <div className="card-head">
        <h2 id="table">{t('table')}</h2>
      </div>
      <ol className="decision-table">
        {rows.map((row) => (
          <TableRow key={row.id} row={row} />
        ))}
      </ol>
    </section>
  );
}

const fateKeys = { decided: 'fate_decided', 'passed over': 'fate_passed', 'not reached': 'fate_notReached' } as const;

function TableRow({ row: { id, when, gives, fate } }: { readonly row: DecisionRow }): ReactNode {
  const { t } = useTranslation('why');
  const key = `row_${id}` as 'row_CANCELLED';
  return (
    <li className={fate === 'decided' ? `decided tone-${lookOf(gives).tone}` : 'undecided'} {...(fate === 'decided' && { 'aria-current': true })}>
      <span className="row-mark">{fate === 'decided' ? <StatusIcon shape="check" /> : <StatusIcon shape={fate === 'passed over' ? 'minus' : 'ring'} />}</span>
      <span>
        {when === undefined ? t(key) : <code>{when}</code>}
        <span className="visually-hidden"> ({t(fateKeys[fate])})</span>
        {fate === 'decided' && (
          <span className="row-gives">
            {t('gives')} <StatusBadge state={gives} />
          </span>
        )}
      </span>
    </li>
  );
}
