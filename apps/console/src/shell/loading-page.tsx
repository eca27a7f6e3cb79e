/** While a page is being fetched. */
import { Spin } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function LoadingPage(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <div className="whole-page" role="status">
      <Spin />
      <p>{t('loading')}</p>
    </div>
  );
}
