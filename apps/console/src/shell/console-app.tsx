/** The console: its theme, its language, its pages. */
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from '../api/api';
import { useLanguage } from '../texts/i18n';
import { antdTheme } from '../theme/antd-theme';
import { useReducedMotion } from '../theme/reduced-motion';
import { useTheme } from '../theme/theme-choice';
import { BrokenPage } from './broken-page';
import { Frame } from './frame';
import { LoadingPage } from './loading-page';
import { NotFoundPage } from './not-found-page';
import { type PageRoute, pageRoutes } from './routes';

const router = createBrowserRouter([
  {
    Component: Frame,
    ErrorBoundary: BrokenPage,
    HydrateFallback: LoadingPage,
    children: [{ ErrorBoundary: BrokenPage, children: [...pageRoutes.map(routeOf), { path: '*', Component: NotFoundPage }] }],
  },
]);

export function ConsoleApp(): ReactNode {
  const language = useLanguage();
  const { isDark } = useTheme();
  const isStill = useReducedMotion();
  return (
    <ConfigProvider theme={antdTheme({ isDark, isStill })} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function routeOf({ path, page, children }: PageRoute): RouteObject {
  return { path, lazy: page, ...(children && { children: children.map(routeOf) }) };
}
