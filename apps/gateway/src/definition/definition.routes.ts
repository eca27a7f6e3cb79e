/** Policies and worker configurations: the definition service checks and keeps them, the gateway hands requests on. */
import { PolicyDocument } from '@tributary/facts';
import { listOf, policyShape } from '@tributary/http-api';
import { type Bilingual, type Call, jsonSchema, pageQuery, Problem, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { cursor } from '../tasks/list-cursor';
import { bodyHeadersOf, type Handled, headersFor, passOn, pathOf, type Query } from '../upstream/pass-on';
import { type Upstream } from '../upstream/upstream';

const revised = { revision: z.number().int() };
const pageOf = z.strictObject({ ...pageQuery, cursor });
const bodyBytesMax = 1024 * 1024;

/** What is published in revisions under a path of its own. */
interface Published {
  readonly path: string;
  readonly shape: z.ZodType;
  readonly put: Bilingual;
  readonly get: Bilingual;
  readonly revisions: Bilingual;
}

const published: readonly Published[] = [
  {
    path: '/api/v1/gate/policies/{policyId}',
    shape: policyShape,
    put: { en: 'Publish a revision of a policy', zh: '发布策略的新版本' },
    get: { en: 'A policy', zh: '策略' },
    revisions: { en: 'All revisions of a policy', zh: '策略的全部版本' },
  },
  {
    path: '/api/v1/gate/worker-configs/{type}',
    shape: z.looseObject({ subTaskType: z.string(), ...revised, products: z.record(z.string(), z.looseObject({})).optional() }),
    put: { en: 'Publish a configuration of a worker type', zh: '发布工作器配置' },
    get: { en: 'The configuration of a worker type', zh: '工作器配置' },
    revisions: { en: 'All revisions of a configuration', zh: '工作器配置的全部版本' },
  },
];

/** The bodies that are handed on unread, for the description. */
export const handedOnBodies: Readonly<Record<string, Record<string, unknown>>> = {
  '/api/v1/gate/policies/{policyId}': jsonSchema(PolicyDocument),
  '/api/v1/gate/worker-configs/{type}': jsonSchema(z.looseObject({ products: z.record(z.string(), z.looseObject({})).optional() })),
};

export function definitionRoutes(definition: Upstream): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/policies',
        summary: { en: 'Policies by name, the built-in ones among them', zh: '策略列表（含内置策略）' },
        tag: 'definitions',
        query: pageOf,
        responses: { 200: { says: 'A page of policies, each in its newest revision.', schema: listOf(policyShape) } },
      },
      (call) => read(definition, call),
    ),
    ...published.flatMap((kind) => routesOf(kind, definition)),
  ];
}

function routesOf({ path, shape, put, get, revisions }: Published, definition: Upstream): Route[] {
  const tag = 'definitions';
  const newest = { says: 'The newest revision, with its ETag.', schema: shape };
  return [
    route(
      {
        method: 'PUT',
        path,
        summary: put,
        tag,
        rawBody: ['application/json'],
        responses: {
          200: { says: 'Published; `warnings[]` tells of what may not be meant so.', schema: shape },
          201: { says: 'The first revision.', schema: shape },
        },
      },
      (call) => write(definition, call),
    ),
    route({ method: 'GET', path, summary: get, tag, responses: { 200: newest } }, (call) => read(definition, call)),
    route(
      {
        method: 'GET',
        path: `${path}/revisions`,
        summary: revisions,
        tag,
        query: pageOf,
        responses: { 200: { says: 'A page of revisions.', schema: listOf(shape) } },
      },
      (call) => read(definition, call),
    ),
  ];
}

function read(definition: Upstream, call: Call<Query | undefined, undefined>): Promise<Handled> {
  return passOn(definition, call, { method: 'GET', path: pathOf(call), headers: headersFor(call) });
}

async function write(definition: Upstream, call: Call<undefined, undefined>): Promise<Handled> {
  refuseLarge(call);
  return await passOn(definition, call, { method: 'PUT', path: call.request.path, headers: headersFor(call, bodyHeadersOf(call)), body: call.request });
}

/** Told from its announcement; a body without one is bounded by the service that reads it. */
function refuseLarge({ request }: Pick<Call, 'request'>): void {
  if (Number(request.headers['content-length'] ?? 0) <= bodyBytesMax) return;
  throw new Problem(413, 'BODY_TOO_LARGE', { en: `The body may have ${bodyBytesMax} bytes at most.`, zh: `请求体最大 ${bodyBytesMax} 字节。` });
}
