/** Where packages go in. */
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePageTitle } from '../shell/page-title';
import { DropZone } from './drop-zone';
import { isProduct, isVersion } from './package-name';
import { defaultChoice, policyField, windowsFit } from './policy-choice';
import { PolicyPicker } from './policy-picker';
import { isEditable, type UploadEntry } from './upload-entry';
import { UploadRow } from './upload-row';
import { uploads, useUploads } from './uploads';
import './upload.css';

export function Component(): ReactNode {
  const { t } = useTranslation('upload');
  const entries = useUploads();
  const [choice, setChoice] = useState(defaultChoice);
  const goTo = useStepToTheTask(entries);
  usePageTitle(t('title'));
  const ready = entries.filter((entry) => isEditable(entry) && isValid(entry));
  const windowsOk = choice.kind === 'named' || windowsFit(choice.windows);
  const start = (ids: readonly string[]): void => {
    if (ids.length === 1 && entries.length === 1) goTo(ids[0]);
    uploads.start(ids, policyField(choice));
  };
  return (
    <>
      <div className="upload-head">
        <h1>{t('title')}</h1>
        <p className="dim">{t('lead')}</p>
      </div>
      <div className="upload-page">
        <div>
          <DropZone
            onFiles={(files) => {
              uploads.add(files);
            }}
            compact={entries.length > 0}
          />
          {entries.length === 0 ? (
            <NextSteps />
          ) : (
            <section className="card" aria-labelledby="packages">
              <div className="card-head">
                <h2 id="packages">{t('packages')}</h2>
                <Button
                  type="primary"
                  className="upload-start"
                  disabled={ready.length === 0 || !windowsOk}
                  onClick={() => {
                    start(ready.map(({ id }) => id));
                  }}
                >
                  {t('start', { count: Math.max(1, ready.length) })}
                </Button>
              </div>
              <ul className="upload-list">
                {entries.map((entry) => (
                  <UploadRow
                    key={entry.id}
                    entry={entry}
                    onStart={() => {
                      start([entry.id]);
                    }}
                  />
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside className="card" aria-labelledby="policy">
          <div className="card-head">
            <h2 id="policy">{t('policy')}</h2>
            <span className="dim">{t('policyLead')}</span>
          </div>
          <PolicyPicker choice={choice} onChoose={setChoice} />
        </aside>
      </div>
    </>
  );
}

function isValid({ product, version }: UploadEntry): boolean {
  return (product === '' || isProduct(product)) && (version === '' || isVersion(version));
}

/** A single package leads to its task at once; of several the person chooses. */
function useStepToTheTask(entries: readonly UploadEntry[]): (id: string | undefined) => void {
  const navigate = useNavigate();
  const awaited = useRef<string>(undefined);
  useEffect(() => {
    const entry = entries.find(({ id }) => id === awaited.current);
    if (entry?.state.kind !== 'accepted') return;
    awaited.current = undefined;
    uploads.remove(entry.id);
    void navigate(`/tasks/${entry.state.taskId}`);
  }, [entries, navigate]);
  return (id) => {
    awaited.current = id;
  };
}

function NextSteps(): ReactNode {
  const { t } = useTranslation('upload');
  return (
    <section className="next-steps">
      <h2>{t('next')}</h2>
      <ol>
        <li>{t('next1')}</li>
        <li>{t('next2')}</li>
        <li>{t('next3')}</li>
      </ol>
    </section>
  );
}
