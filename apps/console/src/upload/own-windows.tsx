/** Windows for one upload, in the units that people think in. */
import { InputNumber } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Windows, windowsFit } from './policy-choice';
import { usePolicyWords } from './policy-words';

const secondMs = 1_000;
const minuteMs = 60_000;

export function OwnWindows({ windows, onChange }: { readonly windows: Windows; readonly onChange: (windows: Windows) => void }): ReactNode {
  const { t } = useTranslation('upload');
  const words = usePolicyWords();
  const { participationMs, gapMs, deadlineMs } = windows;
  return (
    <div className="own-windows">
      <DurationField
        label={t('participation')}
        unit={t('seconds')}
        unitMs={secondMs}
        ms={participationMs}
        onChange={(ms) => {
          onChange({ ...windows, participationMs: ms });
        }}
      />
      <DurationField
        label={t('gap')}
        unit={t('seconds')}
        unitMs={secondMs}
        ms={gapMs}
        onChange={(ms) => {
          onChange({ ...windows, gapMs: ms });
        }}
      />
      <DurationField
        label={t('deadline')}
        unit={t('minutes')}
        unitMs={minuteMs}
        ms={deadlineMs}
        onChange={(ms) => {
          onChange({ ...windows, deadlineMs: Math.max(1, ms) });
        }}
      />
      <p className={windowsFit(windows) ? 'dim' : 'field-fault'} role="status">
        {windowsFit(windows) ? words(windows) : t('windowsUnfit')}
      </p>
    </div>
  );
}

interface DurationFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly unitMs: number;
  readonly ms: number;
  readonly onChange: (ms: number) => void;
}

function DurationField({ label, unit, unitMs, ms, onChange }: DurationFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="duration-field">
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        min={0}
        max={31_536_000}
        step={1}
        value={ms / unitMs}
        onChange={(value) => {
          onChange(Math.round((value ?? 0) * unitMs));
        }}
      />
      <span className="dim">{unit}</span>
    </div>
  );
}
