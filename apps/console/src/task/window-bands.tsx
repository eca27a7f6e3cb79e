/** The parts of a window behind a lane: participation, quiet, its close, its deadline, now. */
import { type ReactNode } from 'react';
import { type ShownWindow } from './rounds';
import { type TimeScale } from './time-scale';

export interface WindowBandsProps {
  readonly window: ShownWindow;
  readonly scale: TimeScale;
  readonly now: number;
  /** ms since 1970: when all would be quiet. */
  readonly gapEnds: number;
}

export function WindowBands({ window, scale, now, gapEnds }: WindowBandsProps): ReactNode {
  const { openedAt, participationEndsAt, deadlineAt, closedAt, closedBy, gapMs } = window;
  if (openedAt === undefined) return null;
  const quietUntil = Math.min(gapEnds, closedAt ?? Infinity);
  const showsGap = closedBy !== 'CANCELLED' && closedBy !== 'DEADLINE' && gapEnds > Math.max(openedAt + gapMs, participationEndsAt ?? 0);
  return (
    <>
      <Band className="band-participation" scale={scale} from={openedAt} to={participationEndsAt ?? openedAt} />
      {showsGap && <Band className="band-gap" scale={scale} from={gapEnds - gapMs} to={quietUntil} />}
      {closedAt !== undefined && <Band className="band-after" scale={scale} from={closedAt} to={scale.to} />}
      {!scale.deadlineBeyond && deadlineAt !== undefined && <Line className="line-deadline" x={scale.at(deadlineAt)} />}
      {closedAt === undefined ? <Line className="line-now" x={scale.at(now)} /> : <Line className="line-closed" x={scale.at(closedAt)} />}
    </>
  );
}

function Band({
  className,
  scale,
  from,
  to,
}: {
  readonly className: string;
  readonly scale: TimeScale;
  readonly from: number;
  readonly to: number;
}): ReactNode {
  const [left, right] = [scale.at(from), scale.at(to)];
  return <rect className={className} x={`${left}%`} width={`${Math.max(0, right - left)}%`} y="0" height="100%" />;
}

function Line({ className, x }: { readonly className: string; readonly x: number }): ReactNode {
  return <line className={className} x1={`${x}%`} x2={`${x}%`} y1="0" y2="100%" />;
}
