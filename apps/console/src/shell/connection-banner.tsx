/** Says plainly when nothing new can arrive. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection';

export function ConnectionBanner(): ReactNode {
  const { t } = useTranslation('shell');
  const connection = useConnection();
  return (
    <div role="status" className={connection === 'online' ? 'banner-none' : 'banner'}>
      {connection !== 'online' && t(connection)}
    </div>
  );
}
