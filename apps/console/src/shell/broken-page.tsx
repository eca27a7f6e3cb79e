/** What stands in place of a page that threw or did not arrive: what happened, and the way out. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { isMissingPart, useMissingPart } from './missing-part';
import { usePageTitle } from './page-title';

export function BrokenPage(): ReactNode {
  const { t } = useTranslation('shell');
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  const missing = isMissingPart(text);
  const part = useMissingPart(missing);
  const kind = !missing ? 'broken' : part === 'gone' ? 'updated' : 'away';
  const title = t(`${kind}Title`);
  usePageTitle(title);
  return (
    <div className="whole-page" role="alert">
      <h1>{title}</h1>
      <p>{t(`${kind}Text`)}</p>
      {kind === 'broken' && <pre className="what-happened">{text}</pre>}
      <Button
        type="primary"
        onClick={() => {
          window.location.reload();
        }}
      >
        {t('reload')}
      </Button>
    </div>
  );
}
