/** A task as it happens: the verdict or what it waits for, the window as time, a lane for everybody. */
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lanesOf } from './lanes';
import { RoundPicture } from './round-picture';
import { roundsOf } from './rounds';
import { TaskDetails } from './task-details';
import { useTaskView } from './task-view';
import { withAwaited } from './usual-types';
import { useUsualTypes } from './use-usual-types';
import { useNow } from './use-now';
import { VerdictCard } from './verdict-card';
import { WaitingCard } from './waiting-card';

export function Component(): ReactNode {
  const { t } = useTranslation('task');
  const { task, facts, liveness } = useTaskView();
  const [chosen, setChosen] = useState<number>();
  const rounds = roundsOf(task, facts);
  const newest = rounds.at(-1);
  const shown = rounds.find(({ round }) => round === chosen) ?? newest;
  const isOpen = newest?.window.closedAt === undefined;
  // While nothing is heard nobody knows whether the clock of the window goes on: it stands still here, too.
  const now = useNow(isOpen && liveness === 'live');
  const usual = useUsualTypes(task, isOpen);
  if (!shown || !newest) return null;
  const lanes = withAwaited(lanesOf(facts, shown.participants, shown.round), usual, shown.window.closedAt === undefined);
  return (
    <>
      {task.revision > 0 && <VerdictCard />}
      {isOpen && <WaitingCard window={newest.window} lanes={lanesOf(facts, newest.participants, newest.round)} now={now} stale={liveness !== 'live'} />}
      <section className="card" aria-labelledby="participants">
        <div className="card-head">
          <h2 id="participants">{t('participants')}</h2>
          {rounds.length > 1 && (
            <Segmented
              aria-label={t('rounds')}
              options={rounds.map(({ round }) => ({ value: round, label: t('round', { round }) }))}
              value={shown.round}
              onChange={setChosen}
            />
          )}
        </div>
        <RoundPicture taskId={task.taskId} window={shown.window} lanes={lanes} now={now} />
      </section>
      <TaskDetails task={task} window={shown.window} />
    </>
  );
}
