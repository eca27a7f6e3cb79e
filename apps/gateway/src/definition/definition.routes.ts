/** Policies and worker configurations: the definition service checks and keeps them, the gateway hands requests on. */
import { type Call, pageQuery, Problem, type Route, route } from '@tributary/service-kit';
import { PolicyDocument } from '@tributary/facts';
import { z } from 'zod';
import { cursor } from '../tasks/task.routes';
import { listOf } from '../tasks/task.shapes';
import { bodyHeadersOf, type Handled, headersFor, passOn, pathOf, type Query } from '../upstream/pass-on';
import { type Upstream } from '../upstream/upstream';

const policyPath = '/api/v1/gate/policies/{policyId}';
const workerConfigPath = '/api/v1/gate/worker-configs/{type}';
const revised = { revision: z.number().int() };
const policyShape = z.looseObject({ policyId: z.string(), ...revised, ...PolicyDocument.shape });
const workerConfigShape = z.looseObject({ ...revised, config: z.looseObject({}), products: z.record(z.string(), z.looseObject({})) });
const bodyBytesMax = 1024 * 1024;

export function definitionRoutes(definition: Upstream): Route[] {
  const read = (call: Call<Query | undefined, undefined>): Promise<Handled> =>
    passOn(definition, call, { method: 'GET', path: pathOf(call), headers: headersFor(call) });
  const write = (call: Call<undefined, undefined>): Promise<Handled> => {
    refuseLarge(call);
    return passOn(definition, call, { method: 'PUT', path: call.request.path, headers: headersFor(call, bodyHeadersOf(call)), body: call.request });
  };
  const tag = 'definitions';
  return [
    route(
      {
        method: 'PUT',
        path: policyPath,
        summary: { en: 'Publish a revision of a policy', zh: '发布策略的新版本' },
        tag,
        rawBody: ['application/json'],
        responses: {
          200: { says: 'Published; `warnings[]` tells of rows that cannot be reached.', schema: policyShape },
          201: { says: 'The first revision.', schema: policyShape },
        },
      },
      write,
    ),
    route(
      {
        method: 'GET',
        path: policyPath,
        summary: { en: 'A policy', zh: '策略' },
        tag,
        responses: { 200: { says: 'The newest revision, with its ETag.', schema: policyShape } },
      },
      read,
    ),
    route(
      {
        method: 'GET',
        path: `${policyPath}/revisions`,
        summary: { en: 'All revisions of a policy', zh: '策略的全部版本' },
        tag,
        query: z.strictObject({ ...pageQuery, cursor }),
        responses: { 200: { says: 'A page of revisions.', schema: listOf(policyShape) } },
      },
      read,
    ),
    route(
      {
        method: 'PUT',
        path: workerConfigPath,
        summary: { en: 'Publish a configuration of a worker type', zh: '发布工作器配置' },
        tag,
        rawBody: ['application/json'],
        responses: { 200: { says: 'Published.', schema: workerConfigShape }, 201: { says: 'The first revision.', schema: workerConfigShape } },
      },
      write,
    ),
    route(
      {
        method: 'GET',
        path: workerConfigPath,
        summary: { en: 'The configuration of a worker type', zh: '工作器配置' },
        tag,
        responses: { 200: { says: 'The newest revision, with its ETag.', schema: workerConfigShape } },
      },
      read,
    ),
  ];
}

/** Told from its announcement; a body without one is bounded by the service that reads it. */
function refuseLarge({ request }: Pick<Call, 'request'>): void {
  if (Number(request.headers['content-length'] ?? 0) <= bodyBytesMax) return;
  throw new Problem(413, 'BODY_TOO_LARGE', { en: `The body may have ${bodyBytesMax} bytes at most.`, zh: `请求体最大 ${bodyBytesMax} 字节。` });
}
