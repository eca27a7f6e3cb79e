/** Every fact of the task in the order it was recorded; those that decided stand out. */
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlacedFact } from '../task/told';
import { FactLine } from './fact-line';
import { type TimelineChoice, timelineOf } from './timeline';

const choices = ['all', 'deciding', 'late'] as const;

export function FactTimeline({ facts, witness }: { readonly facts: readonly PlacedFact[]; readonly witness: readonly string[] }): ReactNode {
  const { t } = useTranslation('why');
  const [only, setOnly] = useState<TimelineChoice['only']>('all');
  const lines = timelineOf(facts, witness, { only });
  return (
    <section className="card" aria-labelledby="facts">
      <div className="card-head">
        <h2 id="facts">{t('facts')}</h2>
        <span className="dim facts-lead">{t('factsText')}</span>
        <Segmented aria-label={t('show')} options={choices.map((value) => ({ value, label: t(`show_${value}`) }))} value={only} onChange={setOnly} />
      </div>
      <ol className="facts">
        {lines.map((line) => (
          <FactLine key={line.position} line={line} />
        ))}
      </ol>
      {lines.length === 0 && <p className="lanes-none dim">{t('noneOfThese')}</p>}
    </section>
  );
}
