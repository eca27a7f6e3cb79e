/** A state in a word, with its shape and its tone. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon } from './status-icon';
import { lookOf } from './status-look';
import { type statusEn } from './texts.en';
import './status.css';

/** `state`: the status of a task, the outcome or the kind of a participant. */
export function StatusBadge({ state, size = 'small' }: { readonly state: string; readonly size?: 'small' | 'large' }): ReactNode {
  const { tone, shape } = lookOf(state);
  const word = useStateWord();
  return (
    <span className={`status-badge status-${size} tone-${tone}`}>
      <StatusIcon shape={shape} size={size === 'large' ? 22 : 15} />
      <span>{word(state)}</span>
    </span>
  );
}

/** The word for a state; its own name when nobody here knows it. */
export function useStateWord(): (state: string) => string {
  const { t, i18n } = useTranslation('status');
  return (state) => {
    const key = `state_${state}`;
    return i18n.exists(key, { ns: 'status' }) ? t(key as keyof typeof statusEn) : state;
  };
}
