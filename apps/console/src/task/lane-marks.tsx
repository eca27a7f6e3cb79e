/** The facts of a lane where they lie in time: big ones for what counts, small ones for heartbeats. */
import { type ReactNode } from 'react';
import { type Lane, type Mark } from './lanes';
import { type TimeScale } from './time-scale';
import { isLate } from './told';

/** A long scan has thousands of heartbeats; so many are still told apart. */
const beatsMax = 120;

export function LaneMarks({ lane: { marks }, scale }: { readonly lane: Lane; readonly scale: TimeScale }): ReactNode {
  const beats = marks.filter(({ fact }) => fact.type === 'SubTaskProgressed');
  const every = Math.ceil(beats.length / beatsMax);
  const shown = beats.filter((_, index) => index % Math.max(1, every) === 0);
  const big = marks.filter(({ fact }) => fact.type !== 'SubTaskProgressed');
  return (
    <>
      {shown.map(({ at, fact }) => (
        <line key={fact.id} className="mark-beat" x1={`${scale.at(at)}%`} x2={`${scale.at(at)}%`} y1="42%" y2="58%" />
      ))}
      {big.map((mark) => (
        <circle key={mark.fact.id} className={classOf(mark)} cx={`${scale.at(mark.at)}%`} cy="50%" r="5" />
      ))}
    </>
  );
}

function classOf({ fact }: Mark): string {
  if (isLate(fact)) return 'mark mark-late';
  return fact.type === 'SubTaskStarted' ? 'mark mark-start' : fact.type === 'SubTaskDeclined' ? 'mark mark-declined' : 'mark mark-end';
}
