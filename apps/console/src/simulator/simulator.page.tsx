/** With these facts at these times, what happens? Drawn for several policies at once, computed here by the core that the coordinator runs. */
import { Button, Select } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemView } from '../problem/problem-view';
import { usePageTitle } from '../shell/page-title';
import { formatDuration } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { examples, scenarioIn, simulated } from './scenario';
import { ScenarioTable } from './scenario-table';
import { timeScale, type TimeScale } from './time-line';
import { useScenario } from './use-scenario';
import { WindowLane } from './window-lane';
import '../lists/list.css';
import '../policies/policies.css';
import '../status/status.css';
import './simulator.css';

export function Component(): ReactNode {
  const { t } = useTranslation('simulator');
  const { t: policies } = useTranslation('policies');
  usePageTitle(t('title'));
  const scenario = useScenario();
  const { events, policies: shown } = scenario;
  const lanes = useMemo(() => shown.map((policy) => ({ policy, simulation: simulated(events, policy) })), [events, shown]);
  const scale = timeScale([...events.map(({ atMs }) => atMs), ...lanes.map(({ simulation }) => simulation.closedAtMs)]);
  return (
    <>
      <header className="page-head">
        <h1>
          <Link to="/policies">{policies('title')}</Link> <span className="dim">/</span> {t('title')}
        </h1>
      </header>
      <p className="dim">{t('about')}</p>
      <div className="list-bar">
        <Select
          mode="multiple"
          className="bar-wide"
          aria-label={t('policies')}
          value={[...scenario.names]}
          options={scenario.known.map((name) => ({ value: name, label: name }))}
          onChange={scenario.setNames}
        />
        <span className="example-buttons" role="group" aria-label={t('examples')}>
          {(Object.keys(examples) as (keyof typeof examples)[]).map((name) => (
            <Button
              key={name}
              onClick={() => {
                scenario.setEvents(scenarioIn(examples[name]));
              }}
            >
              {t(`example_${name}`)}
            </Button>
          ))}
        </span>
      </div>
      {scenario.error !== undefined && <ProblemView error={scenario.error} />}
      <div className="simulator-panes">
        <div className="policy-lanes" aria-live="polite">
          <Axis scale={scale} />
          {lanes.map(({ policy, simulation }) => (
            <WindowLane key={policy.id} {...{ policy, events, simulation, scale }} />
          ))}
          {lanes.length === 0 && <p className="dim">{t('noPolicy')}</p>}
        </div>
        <ScenarioTable events={events} onEvents={scenario.setEvents} />
      </div>
    </>
  );
}

function Axis({ scale }: { readonly scale: TimeScale }): ReactNode {
  const language = useLanguage();
  return (
    <div className="time-axis" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ left: `${String(scale.at(tick))}%` }}>
          {tick === 0 ? '0' : formatDuration(tick, language)}
        </span>
      ))}
    </div>
  );
}
