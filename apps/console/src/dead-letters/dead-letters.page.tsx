/** Facts that somebody could not take, and what to do about each. */
import { type DeadLetter } from '@tributary/http-api';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../api/api';
import { EmptyList, ListFrame } from '../lists/list-frame';
import { useListed } from '../lists/use-listed';
import { usePageTitle } from '../shell/page-title';
import { DecisionDialog, type DecisionKind } from './decision-dialog';
import { LetterBar } from './letter-bar';
import { LetterCard } from './letter-card';
import { filterIn } from './letter-filter';
import './dead-letters.css';

export function Component(): ReactNode {
  const { t } = useTranslation('deadLetters');
  usePageTitle(t('title'));
  const [search, setSearch] = useSearchParams();
  const filter = filterIn(search);
  const list = useListed(['dead-letters', filter], (page, signal) => api.deadLetters({ ...page, ...filter }, { signal }), { live: true });
  const [asking, ask] = useState<{ readonly kind: DecisionKind; readonly letter: DeadLetter }>();
  const [said, say] = useState('');
  const onlyOpen = filter.state === 'open' && Object.keys(filter).length === 1;
  return (
    <>
      <header className="page-head">
        <h1>{t('title')}</h1>
      </header>
      <p className="dim">{t('about')}</p>
      <LetterBar
        filter={filter}
        onFilter={(name, value) => {
          const next = new URLSearchParams(search);
          if (value === '') next.delete(name);
          else next.set(name, value);
          setSearch(next);
        }}
      />
      <div role="status" className="letter-said">
        {said}
      </div>
      <ListFrame list={list} empty={<EmptyList title={t(onlyOpen ? 'noneTitle' : 'noMatchTitle')} text={t(onlyOpen ? 'noneText' : 'noMatchText')} />}>
        <ul className="letters">
          {list.items.map((letter) => (
            <LetterCard
              key={letter.id}
              letter={letter}
              onDecide={(kind) => {
                ask({ kind, letter });
              }}
            />
          ))}
        </ul>
      </ListFrame>
      {asking && (
        <DecisionDialog
          {...asking}
          onClose={(done) => {
            ask(undefined);
            if (done) say(t(`done_${asking.kind}`));
          }}
        />
      )}
    </>
  );
}
