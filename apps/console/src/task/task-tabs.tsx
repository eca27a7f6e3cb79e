/** The views of one task. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

const tabs = [
  { path: '', text: 'tabLive' },
  { path: '/why', text: 'tabWhy' },
  { path: '/findings', text: 'tabFindings' },
] as const;

export function TaskTabs({ taskId }: { readonly taskId: string }): ReactNode {
  const { t } = useTranslation('task');
  return (
    <nav className="task-tabs" aria-label={t('tabs')}>
      {tabs.map(({ path, text }) => (
        <NavLink key={text} to={`/tasks/${taskId}${path}`} end>
          {t(text)}
        </NavLink>
      ))}
    </nav>
  );
}
