/** One finding: what is wrong, where, what to do, and the rule behind it. */
import { type ShownFinding } from '@tributary/http-api';
import { Button } from 'antd';
import { type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLink } from './copy-link';
import { FindingPlace } from './finding-place';
import { placeIn } from './finding-query';
import { RuleCard } from './rule-card';
import { SeverityBadge } from './severity-badge';

export interface FindingDetailProps {
  readonly taskId: string;
  readonly finding: ShownFinding;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** Of this finding in this list. */
  readonly url: string;
  readonly onBack: () => void;
  readonly onOnly: (filter: { readonly rule?: string; readonly path?: string }) => void;
}

export function FindingDetail({ taskId, finding, heading, url, onBack, onOnly }: FindingDetailProps): ReactNode {
  const { t } = useTranslation('findings');
  const { severity, type, message, fix, location, ruleId, fingerprint } = finding;
  return (
    <article className="finding-detail card-body">
      <div className="finding-tools">
        <Button size="small" className="narrow-only" onClick={onBack}>
          {t('backToList')}
        </Button>
        <SeverityBadge severity={severity} />
        <span className="dim">{type}</span>
        <span className="finding-tools-end">
          <CopyLink key={fingerprint} url={url} />
        </span>
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {message}
      </h2>
      <p className="finding-path mono">
        {location.path} <span className="dim">{placeIn(location)}</span>
      </p>
      <FindingPlace taskId={taskId} finding={finding} />
      {location.pointer !== undefined && (
        <p className="dim">
          {t('pointer')}: <code>{location.pointer}</code>
        </p>
      )}
      {fix !== undefined && (
        <p className="finding-fix">
          <strong>{t('fix')}</strong> {fix}
        </p>
      )}
      <RuleCard
        taskId={taskId}
        finding={finding}
        onShowRule={() => {
          onOnly({ rule: ruleId });
        }}
      />
      <p className="dim">
        <button
          type="button"
          className="link-button"
          onClick={() => {
            onOnly({ path: location.path });
          }}
        >
          {t('showFile')}
        </button>
      </p>
      <p className="dim finding-fingerprint" title={t('fingerprintText')}>
        {t('fingerprint')} <code>{fingerprint}</code>
      </p>
    </article>
  );
}
