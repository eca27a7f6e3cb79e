/** Where packages are dropped or chosen; a drop anywhere on the page counts. */
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function DropZone({ onFiles, compact }: { readonly onFiles: (files: readonly File[]) => void; readonly compact: boolean }): ReactNode {
  const { t } = useTranslation('upload');
  const [strangers, setStrangers] = useState<readonly string[]>([]);
  const take = (files: readonly File[]): void => {
    setStrangers(files.filter(({ name }) => !isZip(name)).map(({ name }) => name));
    onFiles(files.filter(({ name }) => isZip(name)));
  };
  const over = useDropsAnywhere(take);
  return (
    <>
      <label className={['drop-zone', compact && 'drop-zone-compact', over && 'drop-zone-over'].filter(Boolean).join(' ')}>
        <input
          type="file"
          className="visually-hidden"
          accept=".zip,application/zip"
          multiple
          onChange={({ target }) => {
            take([...(target.files ?? [])]);
            // The same file may be chosen again.
            target.value = '';
          }}
        />
        <svg
          width="36"
          height="36"
          viewBox="0 0 36 36"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <path d="M18 23V7M11.5 13.5L18 7l6.5 6.5M6 22v5a3 3 0 0 0 3 3h18a3 3 0 0 0 3-3v-5" />
        </svg>
        <span>
          <strong>{over ? t('dropNow') : t('dropHere')}</strong> <span className="drop-zone-choose">{t('orChoose')}</span>
        </span>
      </label>
      <div role="status">
        {strangers.map((name) => (
          <p key={name} className="field-fault">
            {t('notZip', { name })}
          </p>
        ))}
      </div>
    </>
  );
}

const isZip = (name: string): boolean => /\.zip$/i.test(name);

/** Whether something is being dragged over the page. A file that misses would otherwise open in its place. */
function useDropsAnywhere(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', drag);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', drag);
      window.removeEventListener('drop', drop);
    };
  });
  return over;
}
