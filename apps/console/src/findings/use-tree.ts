/** Where the cursor of the list stands, which groups are open, and what the keys do. */
import { type KeyboardEvent, useMemo, useState } from 'react';
import { type FindingRows, rowsOf } from './finding-rows';
import { type FindingGroup } from './grouped-findings';

/** A line by what it shows, so that it stays the same line while others come in above it. */
export interface Cursor {
  readonly key: string;
  /** Absent: the group itself. */
  readonly place?: number;
}

export interface Tree {
  readonly rows: FindingRows;
  readonly index: number;
  readonly isOpen: (key: string) => boolean;
  readonly toggle: (key: string) => void;
  readonly openAll: (open: boolean) => void;
  readonly goTo: (index: number) => void;
  /** Opens the group that a finding is in and stands on it. */
  readonly reveal: (cursor: Cursor) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface TreeOptions {
  readonly groups: readonly FindingGroup[];
  readonly openByDefault: boolean;
  /** A finding is under the cursor. */
  readonly onFinding: (place: number) => void;
  /** Somebody wants to read it. */
  readonly onEnter: () => void;
}

const pageLines = 12;

export function useTree({ groups, openByDefault, onFinding, onEnter }: TreeOptions): Tree {
  const [byDefault, setByDefault] = useState<boolean>();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<Cursor>();
  const open = byDefault ?? openByDefault;
  const isOpen = useMemo(() => (key: string) => toggled.has(key) !== open, [toggled, open]);
  const rows = useMemo(() => rowsOf(groups, isOpen), [groups, isOpen]);
  const index = cursor ? indexOf(rows, cursor) : -1;
  const goTo = (wanted: number): void => {
    const row = rows.rowAt(Math.max(0, Math.min(rows.count - 1, wanted)));
    if (!row) return;
    setCursor(row.kind === 'group' ? { key: row.group.key } : { key: row.group.key, place: row.place });
    if (row.kind === 'finding') onFinding(row.place);
  };
  const toggle = (key: string): void => {
    setToggled(flipped(toggled, key));
    setCursor({ key });
  };
  return {
    ...{ rows, index, isOpen, toggle, goTo },
    openAll: (all) => {
      setByDefault(all);
      setToggled(new Set());
    },
    reveal: (wanted) => {
      if (!isOpen(wanted.key)) setToggled(flipped(toggled, wanted.key));
      setCursor(wanted);
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (keyPressed(event.key, { rows, index, isOpen, toggle, goTo, onEnter })) event.preventDefault();
    },
  };
}

type Keys = Pick<Tree, 'rows' | 'index' | 'isOpen' | 'toggle' | 'goTo'> & Pick<TreeOptions, 'onEnter'>;

/** As trees do it everywhere (ARIA authoring practices); false for keys that are not ours. */
function keyPressed(key: string, { rows, index, isOpen, toggle, goTo, onEnter }: Keys): boolean {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + pageLines, PageUp: index - pageLines, Home: 0, End: rows.count - 1 },
  };
  const step = steps[key];
  if (step !== undefined) {
    goTo(step);
    return true;
  }
  const row = rows.rowAt(index);
  if (!row || !['ArrowRight', 'ArrowLeft', 'Enter', ' '].includes(key)) return false;
  const opened = row.kind === 'group' && isOpen(row.group.key);
  if (row.kind === 'finding') {
    if (key === 'ArrowLeft') goTo(rows.indexOfGroup(row.group.key) ?? index);
    if (key === 'Enter' || key === ' ') onEnter();
  } else if (key === 'ArrowRight' && opened) goTo(index + 1);
  else if (key !== 'ArrowLeft' || opened) toggle(row.group.key);
  return true;
}

function indexOf(rows: FindingRows, { key, place }: Cursor): number {
  return (place === undefined ? undefined : rows.indexOfPlace(key, place)) ?? rows.indexOfGroup(key) ?? -1;
}

function flipped(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
