/** Findings of a comparison, one line each; only those in sight exist in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ShownFinding } from '@tributary/http-api';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { placeIn } from '../findings/finding-query';
import { SeverityMark } from '../findings/severity-badge';

const lineHeight = 54;

export function ComparedList({ findings }: { readonly findings: readonly ShownFinding[] }): ReactNode {
  const { t } = useTranslation('products');
  const { t: finding } = useTranslation('findings');
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: findings.length, getScrollElement: () => scroller.current, estimateSize: () => lineHeight, overscan: 10 });
  return (
    <div ref={scroller} className="card compared" role="region" aria-label={t('compared')} tabIndex={0}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const found = findings[index];
          return (
            found && (
              <li key={index} style={{ top: start, height: lineHeight }}>
                <SeverityMark severity={found.severity} />
                <span className="visually-hidden">{finding(`severity_${found.severity}`)}: </span>
                <span className="compared-words">
                  <span>{found.message}</span>
                  <span className="dim mono">
                    {found.location.path} {placeIn(found.location)} · {found.ruleId}
                  </span>
                </span>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
