/** What stands in place of a page that threw: what happened, and the way out. */
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { usePageTitle } from './page-title';

export function BrokenPage(): ReactNode {
  const { t } = useTranslation('shell');
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  const updated = /dynamically imported module|module script failed/i.test(text);
  const title = updated ? t('updatedTitle') : t('brokenTitle');
  usePageTitle(title);
  return (
    <div className="whole-page" role="alert">
      <h1>{title}</h1>
      <p>{updated ? t('updatedText') : t('brokenText')}</p>
      {!updated && <pre className="what-happened">{text}</pre>}
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
