/** The table of pages: one line each, loaded when somebody goes there. A page's module exports `Component`. */
import { type ComponentType } from 'react';
import { type shellEn } from './texts.en';

export interface PageRoute {
  readonly path: string;
  readonly page: () => Promise<{ readonly Component: ComponentType }>;
  /** Its name in the navigation; pages without one are reached from others. */
  readonly nav?: Extract<keyof typeof shellEn, `nav${Capitalize<string>}`>;
  readonly children?: readonly PageRoute[];
}

export const pageRoutes: readonly PageRoute[] = [
  { path: '/', page: () => import('../upload/upload.page'), nav: 'navUpload' },
  { path: '/tasks/:taskId/findings', page: () => import('../findings/findings.page') },
];
