/** One fact: what happened, who says so, and its document for whoever wants it. */
import { type ToldFact } from '@tributary/http-api';
import { wordsForReason } from '@tributary/http-api/words';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-badge';
import { StatusIcon } from '../status/status-icon';
import { textOf } from '../task/told';
import { formatMoment } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type TimelineLine } from './timeline';

export function FactLine({ line }: { readonly line: TimelineLine }): ReactNode {
  const { t } = useTranslation('why');
  const language = useLanguage();
  if (line.kind === 'beats') {
    return (
      <li className="fact fact-beats dim">
        <span className="fact-time mono">{formatMoment(line.time, language, true)}</span>
        <span>{t('beats', { type: line.type, count: line.count })}</span>
      </li>
    );
  }
  const { fact, decides, late } = line;
  return (
    <li className={['fact', decides && 'fact-decides', late && 'fact-late'].filter(Boolean).join(' ')}>
      <time className="fact-time mono" dateTime={fact.time}>
        {formatMoment(fact.time, language, true)}
      </time>
      <div className="fact-body">
        <FactWords fact={fact} />
        {decides && (
          <span className="fact-mark tone-busy">
            <StatusIcon shape="check" size={13} /> {t('decides')}
          </span>
        )}
        {late && (
          <span className="fact-mark tone-warn">
            <StatusIcon shape="clock" size={13} /> {t('late')}
          </span>
        )}
        <FactDocument fact={fact} />
      </div>
    </li>
  );
}

function FactWords({ fact }: { readonly fact: ToldFact }): ReactNode {
  const { t, i18n } = useTranslation('why');
  const language = useLanguage();
  const key = `fact_${fact.type}`;
  const who = textOf(fact, 'subTaskType') ?? '';
  const reason = textOf(fact, 'reasonCode');
  const words = reason === undefined ? undefined : (wordsForReason(reason)?.[language] ?? textOf(fact, 'detail'));
  const state = textOf(fact, 'result') ?? textOf(fact, 'failureKind') ?? textOf(fact, 'status');
  return (
    <span className="fact-words">
      {who !== '' && <strong className="mono">{who}</strong>} {i18n.exists(key, { ns: 'why' }) ? t(key as 'fact_ZipUploaded') : <code>{fact.type}</code>}
      {state !== undefined && <StatusBadge state={state} />}
      {reason !== undefined && (words === undefined ? <code className="dim">{reason}</code> : <span className="dim">{words}</span>)}
    </span>
  );
}

/** Written out when somebody opens it: a ledger may have thousands. */
function FactDocument({ fact }: { readonly fact: ToldFact }): ReactNode {
  const { t } = useTranslation('why');
  const [open, setOpen] = useState(false);
  return (
    <details
      className="fact-document"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        <code>{fact.type}</code> <span className="dim">{fact.source}</span>
      </summary>
      {open && (
        // Long lines scroll: whoever uses a keyboard has to get there.
        <pre tabIndex={0} role="region" aria-label={t('documentOf', { type: fact.type })}>
          {JSON.stringify(fact, null, 2)}
        </pre>
      )}
    </details>
  );
}
