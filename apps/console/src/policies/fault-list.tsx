/** What is wrong at one place of a policy; in an expression the place itself is shown. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type DraftFault } from './policy-draft';

export interface FaultListProps {
  readonly id: string;
  readonly faults: readonly DraftFault[];
  readonly tone: 'error' | 'warning';
  /** The expression that lines and columns count in. */
  readonly source?: string;
}

export function FaultList({ id, faults, tone, source }: FaultListProps): ReactNode {
  const { t } = useTranslation('policies');
  if (faults.length === 0) return null;
  return (
    <ul id={id} className={`fault-list fault-${tone}`}>
      {faults.map((fault, index) => (
        <li key={index}>
          {fault.line !== undefined && <span>{t('atPlace', { line: fault.line, column: fault.column ?? 1 })} </span>}
          {fault.message}
          {source !== undefined && fault.line !== undefined && <Place source={source} line={fault.line} column={fault.column ?? 1} />}
        </li>
      ))}
    </ul>
  );
}

function Place({ source, line, column }: { readonly source: string; readonly line: number; readonly column: number }): ReactNode {
  const text = source.split('\n')[line - 1] ?? '';
  const at = Math.min(column - 1, text.length);
  return (
    <code className="fault-place" aria-hidden="true">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + 1) || ' '}</mark>
      {text.slice(at + 1)}
    </code>
  );
}

/** The faults whose place is `pointer`. */
export function faultsAt(faults: readonly DraftFault[], pointer: string): readonly DraftFault[] {
  return faults.filter((fault) => fault.pointer === pointer);
}
