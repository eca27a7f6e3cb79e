/** One dead letter: who refused what and why, and what can be done about it. */
import { type DeadLetter } from '@tributary/http-api';
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Moment } from '../lists/moment';
import { type DecisionKind } from './decision-dialog';

export interface LetterCardProps {
  readonly letter: DeadLetter;
  readonly onDecide: (kind: DecisionKind) => void;
}

export function LetterCard({ letter, onDecide }: LetterCardProps): ReactNode {
  const { t } = useTranslation('deadLetters');
  const { type, reason, detail, at, state, group, decided } = letter;
  const name = type ?? t('unknownFact');
  return (
    <li className="card letter" aria-label={`${name}, ${group}`}>
      <div className="letter-head">
        <strong>{name}</strong>
        <code>{reason}</code>
        <span className={`letter-state letter-${state}`}>{t(`state_${state}`)}</span>
        <span className="dim">
          <Moment at={at} />
        </span>
        {state === 'open' && (
          <span className="letter-tools">
            {(['replay', 'discard'] as const).map((kind) => (
              <Button
                key={kind}
                size="small"
                onClick={() => {
                  onDecide(kind);
                }}
              >
                {t(kind)}
              </Button>
            ))}
          </span>
        )}
      </div>
      <p>{t('refused', { group })}</p>
      <pre className="letter-detail">{detail}</pre>
      {decided && (
        <p className="dim">
          {t('decidedBy', { by: decided.by })} <Moment at={decided.at} />
          {decided.reason !== undefined && <> · {decided.reason}</>}
        </p>
      )}
      <LetterPlace letter={letter} />
    </li>
  );
}

function LetterPlace({ letter: { topic, partition, offset, key, factId } }: { readonly letter: DeadLetter }): ReactNode {
  const { t } = useTranslation('deadLetters');
  const isTask = key !== undefined && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(key);
  return (
    <dl className="letter-place">
      <div>
        <dt>{t('place')}</dt>
        <dd className="mono">
          {topic} / {partition} / {offset}
        </dd>
      </div>
      {key !== undefined && (
        <div>
          <dt>{t('key')}</dt>
          <dd className="mono">{isTask ? <Link to={`/tasks/${key}`}>{key}</Link> : key}</dd>
        </div>
      )}
      {factId !== undefined && (
        <div>
          <dt>{t('factId')}</dt>
          <dd className="mono">{factId}</dd>
        </div>
      )}
    </dl>
  );
}
