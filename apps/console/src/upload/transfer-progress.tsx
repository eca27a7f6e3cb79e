/** How much has left, how fast, and how long it will still take. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCountdown } from '../texts/format';
import { useLanguage } from '../texts/i18n';
import { bytesPerSecond, timeLeftMs } from './transfer-pace';
import { type UploadEntry } from './upload-entry';

export function TransferProgress({ entry: { file, state } }: { readonly entry: UploadEntry }): ReactNode {
  const { t } = useTranslation('upload');
  const language = useLanguage();
  const samples = state.kind === 'sending' ? state.samples : [];
  const sent = samples.at(-1)?.bytes ?? 0;
  const rate = bytesPerSecond(samples);
  const left = timeLeftMs(samples, file.size);
  const share = file.size === 0 ? 1 : Math.min(1, sent / file.size);
  const amounts = t('sending', { sent: formatBytes(sent), size: formatBytes(file.size) });
  const pace = rate !== undefined && left !== undefined ? t('pace', { rate: formatBytes(rate), left: formatCountdown(left, language) }) : '';
  const says = state.kind === 'queued' ? t('queued') : share >= 1 ? t('checking') : amounts;
  return (
    <div className="transfer">
      <div
        className={share >= 1 ? 'bar bar-busy' : 'bar'}
        role="progressbar"
        aria-label={t('progressOf', { name: file.name })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={says}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <div className="transfer-words">
        <span>{says}</span>
        <span>{share < 1 ? pace : ''}</span>
      </div>
    </div>
  );
}
