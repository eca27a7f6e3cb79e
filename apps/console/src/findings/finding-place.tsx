/** Where a finding is: the file's own lines around it where the package can be read, the cell in its sheet, else what the report quotes. */
import { useQuery } from '@tanstack/react-query';
import { type ShownFinding } from '@tributary/http-api';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../api/api';
import { CodeView } from './code-view';
import { linesAround, linesOfEvidence } from './marked-lines';
import { SheetView } from './sheet-view';
import { sourceText } from './source-text';

export function FindingPlace({ taskId, finding }: { readonly taskId: string; readonly finding: ShownFinding }): ReactNode {
  const { t } = useTranslation('findings');
  const { evidence, location } = finding;
  const { range, sheet, cell, path } = location;
  const source = useQuery({
    queryKey: ['source', taskId, path],
    queryFn: ({ signal }) => sourceOf(taskId, path, signal),
    enabled: range !== undefined,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (cell !== undefined) return <SheetView cell={cell} sheet={sheet} content={evidence} />;
  const lines = range && typeof source.data === 'string' ? linesAround(source.data, range) : [];
  if (lines.length > 0) return <CodeView lines={lines} label={t('source')} />;
  if (evidence === undefined) return null;
  // The file may still come: what the report quotes stands here until then.
  return <CodeView lines={linesOfEvidence(evidence, range)} label={t('evidence')} />;
}

/** Null, not undefined, for what cannot be shown: a query has to have an answer. */
async function sourceOf(taskId: string, path: string, signal: AbortSignal): Promise<string | null> {
  const reads = {
    index: () => queryClient.query({ queryKey: ['package-index', taskId], queryFn: () => api.packageIndex(taskId), staleTime: Infinity }),
    bytes: (part: { readonly start: number; readonly end: number }) => api.packageBytes(taskId, part, { signal }),
  };
  return (await sourceText(reads, path, signal)) ?? null;
}
