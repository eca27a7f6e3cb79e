/** One package: what it is, how far it is, what went wrong. */
import { Button, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemView } from '../problem/problem-view';
import { StatusIcon } from '../status/status-icon';
import { formatBytes } from '../texts/format';
import { isProduct, isVersion } from './package-name';
import { FileChanged } from './send-package';
import { TransferProgress } from './transfer-progress';
import { isEditable, isUnderWay, type UploadEntry } from './upload-entry';
import { uploads } from './uploads';

export function UploadRow({ entry, onStart }: { readonly entry: UploadEntry; readonly onStart: () => void }): ReactNode {
  const { t } = useTranslation('upload');
  const { id, file, product, version } = entry;
  const editable = isEditable(entry);
  const name = file.name;
  return (
    <li className="upload-row">
      <div className="upload-row-head">
        <span className="upload-name">{name}</span>
        <span className="dim">{formatBytes(file.size)}</span>
        {isUnderWay(entry) ? (
          <Button
            size="small"
            aria-label={t('cancel', { name })}
            onClick={() => {
              uploads.cancel(id);
            }}
          >
            ✕
          </Button>
        ) : (
          <Button
            size="small"
            type="text"
            aria-label={t('remove', { name })}
            onClick={() => {
              uploads.remove(id);
            }}
          >
            ✕
          </Button>
        )}
      </div>
      {editable ? (
        <UploadFields entry={entry} />
      ) : (
        <p className="dim upload-told">{`${product === '' ? t('productDefault') : product} · ${version === '' ? t('versionDefault') : version}`}</p>
      )}
      <UploadOutcome entry={entry} onStart={onStart} />
    </li>
  );
}

function UploadFields({ entry: { id, product, version } }: { readonly entry: UploadEntry }): ReactNode {
  const { t } = useTranslation('upload');
  const edit = (change: Parameters<typeof uploads.edit>[1]): void => {
    uploads.edit(id, change);
  };
  return (
    <div className="upload-fields">
      <Field
        label={t('product')}
        value={product}
        hint={t('productDefault')}
        fault={product === '' || isProduct(product) ? undefined : t('productInvalid')}
        onChange={(text) => {
          edit({ product: text });
        }}
      />
      <Field
        label={t('version')}
        value={version}
        hint={t('versionDefault')}
        fault={version === '' || isVersion(version) ? undefined : t('versionInvalid')}
        onChange={(text) => {
          edit({ version: text });
        }}
      />
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

function Field({ label, value, hint, fault, onChange }: FieldProps): ReactNode {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        placeholder={hint}
        {...(fault !== undefined && { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': `${id}-fault` })}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
      {fault !== undefined && (
        <p className="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

function UploadOutcome({ entry, onStart }: { readonly entry: UploadEntry; readonly onStart: () => void }): ReactNode {
  const { t } = useTranslation('upload');
  const { id, state } = entry;
  switch (state.kind) {
    case 'draft':
      return null;
    case 'queued':
    case 'sending':
      return <TransferProgress entry={entry} />;
    case 'interrupted':
      return (
        <p className="upload-note tone-warn" role="status">
          <StatusIcon shape="unplugged" /> {t('interrupted')}{' '}
          <Button
            size="small"
            onClick={() => {
              uploads.resume(id);
            }}
          >
            {t('goOn')}
          </Button>
        </p>
      );
    case 'failed':
      if (state.error instanceof FileChanged)
        return (
          <p className="field-fault" role="alert">
            {t('fileChanged')}
          </p>
        );
      return <ProblemView error={state.error} onRetry={onStart} retryText={t('retry')} />;
    case 'accepted':
      return (
        <p className="upload-note tone-good" role="status">
          <StatusIcon shape="check" /> {state.replayed ? t('replayed') : t('accepted')} <Link to={`/tasks/${state.taskId}`}>{t('watch')}</Link>
        </p>
      );
  }
}
