/** All findings of a task, whoever reported them: in groups on one side, the open one with its place and its rule on the other. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { findingsCounted } from '../lists/total-counts';
import { ProblemView } from '../problem/problem-view';
import { LoadingPage } from '../shell/loading-page';
import { isOpen } from '../task/rounds';
import { useTaskView } from '../task/task-view';
import { FindingDetail } from './finding-detail';
import { keyOf } from './finding-query';
import { FindingsBar } from './findings-bar';
import { FindingsCount } from './findings-count';
import { FindingsList } from './findings-list';
import { NoFindings } from './no-findings';
import { reportedBy } from './reported';
import { useFindingAddress, useFindings } from './use-findings';
import { useTree } from './use-tree';
import './findings.css';

export function Component(): ReactNode {
  const { t } = useTranslation('findings');
  const { taskId = '' } = useParams();
  return (
    <section aria-label={t('title')}>
      <Findings key={taskId} taskId={taskId} />
    </section>
  );
}

function Findings({ taskId }: { readonly taskId: string }): ReactNode {
  const { t } = useTranslation('findings');
  const { task } = useTaskView();
  const { query, ask, open, url } = useFindingAddress();
  const { store, state, refreshing, retry } = useFindings(taskId, query, reportedBy(task));
  // While reports are read again, what is missing is on its way.
  const told = refreshing ? 0 : findingsCounted(task.participants);
  const heading = useRef<HTMLHeadingElement>(null);
  const place = query.finding === undefined ? undefined : store.placeOf(query.finding);
  const finding = place === undefined ? undefined : state.all[place];
  // The details are drawn first.
  const read = (): void => void requestAnimationFrame(() => heading.current?.focus());
  const tree = useTree({
    groups: state.groups,
    openByDefault: !state.many,
    onFinding: (at) => {
      open(state.all[at]?.fingerprint);
    },
    onEnter: read,
  });
  // A link to one finding: the list stands on it as soon as it is there, and stays on it in a newer list.
  const revealed = useRef<{ readonly store: unknown; readonly wanted: string }>(undefined);
  const key = finding && keyOf(finding, query.by);
  useEffect(() => {
    const wanted = `${query.by} ${query.finding ?? ''}`;
    if (key === undefined || place === undefined || state.regrouping) return;
    if (revealed.current?.wanted === wanted && revealed.current.store === store) return;
    revealed.current = { store, wanted };
    if (tree.rows.rowAt(tree.index)?.kind !== 'finding' || tree.rows.indexOfPlace(key, place) !== tree.index) tree.reveal({ key, place });
  });
  if (state.loaded === 0 && state.error !== undefined) return <ProblemView error={state.error} onRetry={retry} />;
  if (state.loaded === 0 && !state.complete) return <LoadingPage />;
  if (state.loaded === 0) return told > 0 ? <NoFindings kind="onlyCounted" count={told} /> : <NoFindings kind={isOpen(task) ? 'noneYet' : 'none'} />;
  return (
    <>
      <FindingsBar {...{ query, ask, state }} />
      {state.error !== undefined && <ProblemView error={state.error} onRetry={retry} />}
      <FindingsCount {...{ state, query, told, tree }} />
      <div className={`findings-panes${finding ? ' findings-reading' : ''}`}>
        <div className="card findings-pane-list" aria-busy={state.regrouping}>
          {state.total === 0 && state.complete ? (
            <NoFindings
              kind="noMatch"
              count={state.loaded}
              onClear={() => {
                ask({ type: undefined, severity: undefined, rule: undefined, path: undefined, text: undefined });
              }}
            />
          ) : (
            <FindingsList all={state.all} by={query.by} tree={tree} onEnter={read} />
          )}
        </div>
        <div className="card findings-pane-detail" role="region" aria-label={t('details')}>
          {finding ? (
            <FindingDetail
              {...{ taskId, finding, heading, url }}
              onOnly={ask}
              onBack={() => {
                open(undefined);
              }}
            />
          ) : (
            <NoFindings kind={query.finding !== undefined && state.complete ? 'gone' : 'pick'} />
          )}
        </div>
      </div>
    </>
  );
}
