/** One line of the list of findings: a group, or a finding. */
import { type ShownFinding } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { type Grouping, placeIn, type Severity, severityOrder } from './finding-query';
import { type FindingGroup } from './grouped-findings';
import { SeverityMark } from './severity-badge';

interface Line {
  readonly id: string;
  /** Both in px. */
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly by: Grouping;
  /** Among its siblings, from 0. */
  readonly position: number;
  readonly words: LineWords;
}

/** Asked for once for the whole list: a line of its own asking would cost more than the line. */
export interface LineWords {
  readonly severities: Readonly<Record<Severity, string>>;
  readonly number: (value: number) => string;
}

export interface GroupLineProps extends Line {
  readonly group: FindingGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function GroupLine({ id, top, height, active, by, group, position, words, open, onToggle }: GroupLineProps): ReactNode {
  const severity = severityOrder[group.worst] ?? 'info';
  return (
    <div
      {...{ id, style: { top, height } }}
      className={`finding-group${active ? ' line-active' : ''}`}
      role="treeitem"
      aria-level={1}
      aria-posinset={position + 1}
      aria-expanded={open}
      aria-selected={active}
      onClick={onToggle}
    >
      <span className={`chevron${open ? ' chevron-open' : ''}`} aria-hidden="true" />
      <SeverityMark severity={severity} />
      <span className="group-name" title={group.key}>
        {by === 'severity' ? words.severities[group.key as Severity] : <bdi>{group.key}</bdi>}
      </span>
      <span className="group-count">{words.number(group.places.length)}</span>
    </div>
  );
}

export interface FindingLineProps extends Line {
  readonly finding: ShownFinding | undefined;
  /** How many siblings there are. */
  readonly size: number;
  readonly onOpen: () => void;
}

export function FindingLine({ id, top, height, active, by, position, words, size, finding, onOpen }: FindingLineProps): ReactNode {
  if (!finding) return null;
  const { severity, message, location, ruleId } = finding;
  const place = placeIn(location);
  return (
    <div
      {...{ id, style: { top, height } }}
      className={`finding-line${active ? ' line-active' : ''}`}
      role="treeitem"
      aria-level={2}
      aria-posinset={position + 1}
      aria-setsize={size}
      aria-selected={active}
      onClick={onOpen}
    >
      <SeverityMark severity={severity} />
      <span className="visually-hidden">{words.severities[severity]}: </span>
      <span className="finding-words">
        <span className="finding-message">{message}</span>
        <span className="finding-where">
          {by === 'file' ? ruleId : location.path} {place !== '' && <b>{place}</b>}
        </span>
      </span>
    </div>
  );
}
