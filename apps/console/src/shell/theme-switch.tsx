/** Light, dark, or as the system has it. */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseTheme, themeChoices, useTheme } from '../theme/theme-choice';

export function ThemeSwitch(): ReactNode {
  const { t } = useTranslation('shell');
  const { choice } = useTheme();
  return (
    <select
      className="frame-button"
      aria-label={t('theme')}
      value={choice}
      onChange={({ target }) => {
        const chosen = themeChoices.find((known) => known === target.value);
        if (chosen) chooseTheme(chosen);
      }}
    >
      {themeChoices.map((known) => (
        <option key={known} value={known}>
          {t(`theme_${known}`)}
        </option>
      ))}
    </select>
  );
}
