/** What went wrong as a person reads it: what, where, and what to do about it. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from '../status/status-icon';
import '../status/status.css';
import './problem.css';
import { type ProblemFault, type ReadableProblem, readableProblem } from './readable-problem';
import { type problemEn } from './texts.en';

export interface ProblemViewProps {
  readonly error: unknown;
  /** Offered when trying again makes sense. */
  readonly onRetry?: (() => void) | undefined;
  readonly retryText?: string;
}

export function ProblemView({ error, onRetry, retryText }: ProblemViewProps): ReactNode {
  const { t, i18n } = useTranslation('problem');
  const problem = readableProblem(error);
  const way = `way_${problem.code ?? ''}`;
  return (
    <div className="problem tone-bad" role="alert">
      <StatusIcon shape="cross" size={18} />
      <div className="problem-body">
        <strong>{problem.title ?? t(titleOf[problem.kind])}</strong>
        <p>{detailOf(problem, t)}</p>
        {problem.faults.length > 0 && (
          <ul>
            {problem.faults.map((fault, index) => (
              <FaultLine key={index} fault={fault} />
            ))}
          </ul>
        )}
        {i18n.exists(way, { ns: 'problem' }) && <p className="problem-way">{t(way as Extract<keyof typeof problemEn, `way_${string}`>)}</p>}
        {problem.code !== undefined && <CodeLine problem={problem} />}
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {retryText ?? t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}

const titleOf = { problem: 'unknownTitle', unreachable: 'unreachableTitle', strange: 'strangeTitle', unknown: 'unknownTitle' } as const;

function detailOf({ kind, detail }: ReadableProblem, t: ReturnType<typeof useTranslation<'problem'>>['t']): string {
  if (kind === 'unreachable') return t('unreachableText');
  return kind === 'strange' ? `${t('strangeText')} (${detail ?? ''})` : (detail ?? '');
}

function FaultLine({ fault: { field, line, column, message } }: { readonly fault: ProblemFault }): ReactNode {
  const { t } = useTranslation('problem');
  const place = line === undefined ? undefined : column === undefined ? t('atLine', { line }) : t('atColumn', { line, column });
  return (
    <li>
      {field !== undefined && <code>{field}</code>} {place !== undefined && <span className="dim">({place})</span>} {message}
    </li>
  );
}

function CodeLine({ problem: { code, traceId } }: { readonly problem: ReadableProblem }): ReactNode {
  const { t } = useTranslation('problem');
  return (
    <p className="problem-code">
      {t('code')} <code>{code}</code>
      {traceId !== undefined && (
        <>
          {' · '}
          {t('trace')} <code>{traceId}</code>
        </>
      )}
    </p>
  );
}
