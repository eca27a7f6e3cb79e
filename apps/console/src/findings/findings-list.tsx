/** The findings in groups. Only the lines that are in sight exist in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ShownFinding } from '@tributary/http-api';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { type Grouping, severityOrder } from './finding-query';
import { FindingLine, GroupLine, type LineWords } from './finding-line';
import { type Tree } from './use-tree';

export interface FindingsListProps {
  readonly all: readonly ShownFinding[];
  readonly by: Grouping;
  readonly tree: Tree;
  readonly onEnter: () => void;
}

/** Of a line, px; the same for all, so that nothing has to be measured. */
export const lineHeight = 46;
/** Lines that have left the sight lend their elements to those that come in; on a very high screen there are more of them. */
const elementsFor = (lines: number): number => (lines <= 64 ? 64 : 512);
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
  useEffect(() => {
    // Another grouping begins at its beginning.
    virtual.scrollToOffset(0);
  }, [by, virtual]);
  const words = useLineWords();
  const items = virtual.getVirtualItems();
  const elements = elementsFor(items.length);
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
        {items.map(({ index: at, start }) => {
          const row = rows.rowAt(at);
          if (!row) return null;
          const line = { id: lineId(at), top: start, height: lineHeight, active: at === index, words };
          return row.kind === 'group' ? (
            <GroupLine
              key={`${row.kind} ${String(at % elements)}`}
              {...line}
              {...{ by, group: row.group, position: row.position }}
              open={tree.isOpen(row.group.key)}
              onToggle={() => {
                tree.toggle(row.group.key);
              }}
            />
          ) : (
            <FindingLine
              key={`${row.kind} ${String(at % elements)}`}
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

function useLineWords(): LineWords {
  const { t } = useTranslation('findings');
  const language = useLanguage();
  return useMemo(
    () => ({
      severities: Object.fromEntries(severityOrder.map((severity) => [severity, t(`severity_${severity}`)])) as LineWords['severities'],
      number: (value) => formatNumber(value, language),
    }),
    [t, language],
  );
}
