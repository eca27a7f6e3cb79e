/** Ant Design in the colours of the palette. */
import { theme, type ThemeConfig } from 'antd';

const fontFamily = "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const shared = { fontFamily, borderRadius: 6, fontSize: 14, motionDurationMid: '0.12s', motionDurationSlow: '0.16s' };

/** Dim texts are darker than Ant Design's own: those miss a contrast of 4.5. */
const light: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#0b6e75',
    colorLink: '#0b6e75',
    colorSuccess: '#1a7337',
    colorWarning: '#855400',
    colorError: '#b3261e',
    colorInfo: '#0a5fb4',
    colorText: '#13202b',
    colorTextSecondary: '#4b5a67',
    colorTextTertiary: '#4b5a67',
    colorTextDescription: '#4b5a67',
    colorTextPlaceholder: '#64727f',
    colorBorder: '#8696a5',
    colorBgLayout: '#f5f7f9',
  },
};

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#0f7f86',
    // Lighter ones, which the algorithm would take, are too light behind white.
    colorPrimaryHover: '#0d747a',
    colorPrimaryActive: '#0b666c',
    colorLink: '#57c7cb',
    colorSuccess: '#5cc87c',
    colorWarning: '#e3ad48',
    colorError: '#ff8a80',
    colorInfo: '#74b8ff',
    colorText: '#e4ebf1',
    colorTextSecondary: '#a5b3bf',
    colorTextTertiary: '#a5b3bf',
    colorTextDescription: '#a5b3bf',
    colorTextPlaceholder: '#8b99a6',
    colorBorder: '#6d7f8e',
    colorBgBase: '#0e1418',
    colorBgContainer: '#161e24',
    colorBgElevated: '#1c262d',
    colorBgLayout: '#0e1418',
  },
};

/** Its motion is switched off here: cut short by CSS, it leaves popups where they were measured, outside of the window. */
const still = ({ token, ...more }: ThemeConfig): ThemeConfig => ({ ...more, token: { ...token, motion: false } });
const [stillLight, stillDark] = [still(light), still(dark)];

export function antdTheme({ isDark, isStill }: { readonly isDark: boolean; readonly isStill: boolean }): ThemeConfig {
  if (isStill) return isDark ? stillDark : stillLight;
  return isDark ? dark : light;
}
