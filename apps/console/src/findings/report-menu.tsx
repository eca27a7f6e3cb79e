/** The merged report in a format of choice, saved to a file. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import { ProblemView } from '../problem/problem-view';
import './report-menu.css';

const formats = ['html', 'xlsx', 'csv', 'sarif', 'junit', 'json'] as const;

export function ReportMenu({ taskId }: { readonly taskId: string }): ReactNode {
  const { t } = useTranslation('findings');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const save = async (format: string): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await saveReport(taskId, format);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const items = formats.map((format) => ({ key: format, label: format.toUpperCase() }));
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          onClick: ({ key }) => {
            void save(key);
          },
        }}
      >
        <Button icon={<DownloadOutlined />} loading={busy}>
          {t('report')}
        </Button>
      </Dropdown>
      {error !== undefined && (
        <div className="report-failed" aria-label={t('reportFailed')}>
          <ProblemView error={error} />
        </div>
      )}
    </>
  );
}

/** Asked with the token, which a plain link could not send. */
async function saveReport(taskId: string, format: string): Promise<void> {
  const report = await api.report(taskId, format);
  const url = URL.createObjectURL(await report.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = report.fileName;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
