/** What the product says about itself: OpenAPI, AsyncAPI, the schemas of its facts, and pages for people. */
import { asyncApi, definitionOf, factSchema } from '@tributary/facts';
import { type Answer, notFound, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { apiDescription, apiInfo } from './api-description';
import { apiPage, pagePolicy, rootPage } from './pages';

const tag = 'contract';
const anything = z.looseObject({});

/** `all` is asked when somebody reads: these routes describe themselves, too. */
export function contractRoutes(all: () => readonly Route[]): Route[] {
  return [...pageRoutes(all), ...documentRoutes(all)];
}

function pageRoutes(all: () => readonly Route[]): Route[] {
  return [
    route({ method: 'GET', path: '/', summary: { en: 'The way in', zh: '首页' }, tag, responses: { 200: { says: 'A page.', contentType: 'text/html' } } }, () =>
      Promise.resolve(html(rootPage())),
    ),
    route(
      {
        method: 'GET',
        path: '/docs',
        summary: { en: 'This description, to read', zh: '接口文档' },
        tag,
        query: z.strictObject({ lang: z.enum(['en', 'zh']).optional() }),
        responses: { 200: { says: 'A page.', contentType: 'text/html' } },
      },
      ({ query, language }) => Promise.resolve(html(apiPage(apiDescription(all()), query.lang ?? language))),
    ),
  ];
}

function documentRoutes(all: () => readonly Route[]): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/openapi.json',
        summary: { en: 'This description', zh: 'OpenAPI 描述' },
        tag,
        responses: { 200: { says: 'OpenAPI 3.1.', schema: anything } },
      },
      () => Promise.resolve({ status: 200, body: apiDescription(all()) }),
    ),
    route(
      {
        method: 'GET',
        path: '/asyncapi.json',
        summary: { en: 'The facts', zh: 'AsyncAPI 描述（事实）' },
        tag,
        responses: { 200: { says: 'AsyncAPI 3.', schema: anything } },
      },
      () => Promise.resolve({ status: 200, body: asyncApi(apiInfo) }),
    ),
    route(
      {
        method: 'GET',
        path: '/schemas/{fact}/{version}.json',
        summary: { en: "The JSON Schema of a fact's data", zh: '事实数据的 JSON Schema' },
        tag,
        responses: { 200: { says: 'JSON Schema 2020-12.', contentType: 'application/schema+json' } },
      },
      ({ params }) => Promise.resolve(schemaAnswer(params['fact'] ?? '', params['version'] ?? '')),
    ),
  ];
}

function schemaAnswer(fact: string, version: string): Answer {
  const definition = definitionOf(fact);
  if (!definition || version !== String(definition.version)) {
    throw notFound({ en: `Nobody published version ${version} of ${fact}.`, zh: `事实 ${fact} 没有版本 ${version}。` });
  }
  return { status: 200, headers: { 'content-type': 'application/schema+json; charset=utf-8' }, body: factSchema(definition) };
}

function html(body: string): Answer {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy, 'x-content-type-options': 'nosniff' };
  return { status: 200, headers, body };
}
