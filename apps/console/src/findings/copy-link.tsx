/** A button that puts the address of the open finding into the clipboard. */
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Said = 'copyLink' | 'copied' | 'copyFailed';

export function CopyLink({ url }: { readonly url: string }): ReactNode {
  const { t } = useTranslation('findings');
  const [said, say] = useState<Said>('copyLink');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      say('copied');
    } catch {
      say('copyFailed');
    }
  };
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          void copy();
        }}
      >
        {t('copyLink')}
      </Button>
      <span role="status" className="dim">
        {said === 'copyLink' ? '' : t(said)}
      </span>
    </>
  );
}
