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
  {
    path: '/tasks/:taskId',
    page: () => import('../task/task.layout'),
    children: [
      { path: '', page: () => import('../task/task.page') },
      { path: 'why', page: () => import('../why/why.page') },
      { path: 'findings', page: () => import('../findings/findings.page') },
    ],
  },
  { path: '/tasks', page: () => import('../tasks/tasks.page'), nav: 'navTasks' },
  { path: '/products', page: () => import('../products/products.page'), nav: 'navProducts' },
  { path: '/products/:product', page: () => import('../products/product.page') },
  { path: '/products/:product/compare', page: () => import('../products/compare.page') },
  { path: '/policies', page: () => import('../policies/policies.page'), nav: 'navPolicies' },
  { path: '/policies/new', page: () => import('../policies/new-policy.page') },
  { path: '/policies/simulate', page: () => import('../simulator/simulator.page') },
  { path: '/policies/:policyId', page: () => import('../policies/policy.page') },
  { path: '/dead-letters', page: () => import('../dead-letters/dead-letters.page'), nav: 'navDeadLetters' },
];
