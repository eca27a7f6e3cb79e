/** The facts of the scenario as lines that can be changed. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { eventsMax, type Happening, happenings, type ScenarioEvent, typeShape } from './scenario';

export interface ScenarioTableProps {
  readonly events: readonly ScenarioEvent[];
  readonly onEvents: (events: readonly ScenarioEvent[]) => void;
}

export function ScenarioTable({ events, onEvents }: ScenarioTableProps): ReactNode {
  const { t } = useTranslation('simulator');
  const change = (index: number, changes: Partial<ScenarioEvent>): void => {
    onEvents(events.map((event, at) => (at === index ? { ...event, ...changes } : event)));
  };
  return (
    <fieldset className="scenario">
      <legend>{t('facts')}</legend>
      <ol>
        {events.map((event, index) => (
          <li key={index}>
            <EventFields
              {...{ event, index }}
              onChange={(changes) => {
                change(index, changes);
              }}
            />
            <Button
              icon={<DeleteOutlined />}
              aria-label={t('remove', { row: index + 1 })}
              onClick={() => {
                onEvents(events.filter((_, at) => at !== index));
              }}
            />
          </li>
        ))}
      </ol>
      <Button
        icon={<PlusOutlined />}
        disabled={events.length >= eventsMax}
        onClick={() => {
          const last = events.at(-1);
          onEvents([...events, { type: last?.type === '' || !last ? 'SQL' : last.type, what: 'started', atMs: (last?.atMs ?? 0) + 500 }]);
        }}
      >
        {t('add')}
      </Button>
    </fieldset>
  );
}

interface EventFieldsProps {
  readonly event: ScenarioEvent;
  readonly index: number;
  readonly onChange: (changes: Partial<ScenarioEvent>) => void;
}

function EventFields({ event, index, onChange }: EventFieldsProps): ReactNode {
  const { t } = useTranslation('simulator');
  const label = (field: 'who' | 'what' | 'when'): string => `${t(field)} ${String(index + 1)}`;
  const isCancel = event.what === 'cancel';
  return (
    <>
      <InputNumber
        className="event-when"
        aria-label={label('when')}
        min={0}
        step={0.5}
        suffix={t('seconds')}
        value={event.atMs / 1_000}
        onChange={(seconds) => {
          onChange({ atMs: Math.round((seconds ?? 0) * 1_000) });
        }}
      />
      <Input
        className="event-who mono"
        aria-label={label('who')}
        disabled={isCancel}
        value={event.type}
        status={isCancel || typeShape.test(event.type) ? '' : 'error'}
        onChange={({ target }) => {
          onChange({ type: target.value.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '') });
        }}
      />
      <Select<Happening>
        className="event-what"
        aria-label={label('what')}
        value={event.what}
        options={happenings.map((what) => ({ value: what, label: t(`what_${what}`) }))}
        onChange={(what) => {
          onChange({ what, type: what === 'cancel' ? '' : event.type === '' ? 'SQL' : event.type });
        }}
      />
    </>
  );
}
