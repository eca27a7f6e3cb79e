/** A bar for each version: how many findings its scan had, by severity. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Severity, severityOrder } from '../findings/finding-query';
import { useStateWord } from '../status/status-badge';
import { type TrendBar } from './trend';

const [barWidth, gap, height] = [22, 8, 96];
const fills: Readonly<Record<Severity, string>> = { blocker: 'var(--worst)', error: 'var(--bad)', warning: 'var(--warn)', info: 'var(--busy)' };

export function TrendChart({ bars }: { readonly bars: readonly TrendBar[] }): ReactNode {
  const { t } = useTranslation('products');
  const { t: finding } = useTranslation('findings');
  const word = useStateWord();
  const most = Math.max(1, ...bars.map(({ total }) => total));
  return (
    <figure className="trend">
      <ol>
        {bars.map((bar) => (
          <li key={bar.taskId}>
            <Link to={`/tasks/${bar.taskId}/findings`} title={`${bar.version} · ${word(bar.status)}`}>
              <span className="trend-total">{bar.total}</span>
              <Bar bar={bar} most={most} />
              <span className="trend-version">{bar.version}</span>
              <span className="visually-hidden">
                {word(bar.status)}, {t('barText', { count: bar.total })}
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <figcaption className="dim">
        {t('trendText')}
        {severityOrder.map((severity) => (
          <span key={severity} className="trend-key">
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" rx="2" fill={fills[severity]} />
            </svg>
            {finding(`severity_${severity}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Bar({ bar, most }: { readonly bar: TrendBar; readonly most: number }): ReactNode {
  let top = height;
  return (
    <svg width={barWidth + gap} height={height + 1} viewBox={`0 0 ${String(barWidth + gap)} ${String(height + 1)}`} aria-hidden="true">
      <line x1="0" x2={barWidth + gap} y1={height + 0.5} y2={height + 0.5} stroke="var(--line-strong)" />
      {severityOrder.toReversed().map((severity) => {
        const size = (bar.counts[severity] / most) * (height - 4);
        top -= size;
        return size > 0 && <rect key={severity} x={gap / 2} y={top} width={barWidth} height={Math.max(1, size)} fill={fills[severity]} />;
      })}
    </svg>
  );
}
