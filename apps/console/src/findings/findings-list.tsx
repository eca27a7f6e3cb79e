/** The findings in groups. Only the lines that are in sight exist in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ShownFinding } from '@tributary/http-api';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grouping } from './finding-query';
import { FindingLine, GroupLine } from './finding-line';
import { type Tree } from './use-tree';

export interface FindingsListProps {
  readonly all: readonly ShownFinding[];
  readonly by: Grouping;
  readonly tree: Tree;
  readonly onEnter: () => void;
}

/** Of a line, px; the same for all, so that nothing has to be measured. */
export const lineHeight = 46;
const lineId = (index: number): string => `finding-line-${String(index)}`;

export function FindingsList({ all, by, tree, onEnter }: FindingsListProps): ReactNode {
  const { t } = useTranslation('findings');
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, index } = tree;
  const virtual = useVirtualizer({ count: rows.count, getScrollElement: () => scroller.current, estimateSize: () => lineHeight, overscan: 12 });
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    // Only when the cursor moves: what comes in above must not pull the list along.
  }, [index, virtual]);
  return (
    <div
      ref={scroller}
      className="findings-list"
      role="tree"
      tabIndex={0}
      aria-label={t('list')}
      aria-description={t('listKeys')}
      aria-activedescendant={index >= 0 ? lineId(index) : undefined}
      onKeyDown={tree.onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index: at, start }) => {
          const row = rows.rowAt(at);
          if (!row) return null;
          const line = { id: lineId(at), top: start, height: lineHeight, active: at === index };
          return row.kind === 'group' ? (
            <GroupLine
              key={at}
              {...line}
              {...{ by, group: row.group, position: row.position }}
              open={tree.isOpen(row.group.key)}
              onToggle={() => {
                tree.toggle(row.group.key);
              }}
            />
          ) : (
            <FindingLine
              key={at}
              {...line}
              {...{ by, position: row.position, size: row.group.places.length }}
              finding={all[row.place]}
              onOpen={() => {
                tree.goTo(at);
                onEnter();
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
