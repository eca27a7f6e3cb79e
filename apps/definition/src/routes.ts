/** What the definition service answers; the gateway is the door to it. */
import { checkPolicy, expressionFaultsIn, type PolicyFault } from '@tributary/convergence';
import { builtInPolicies, PolicyDocument, SubTaskType } from '@tributary/facts';
import { type Transaction } from '@tributary/fact-bus';
import { type Call, cursorOf, faultsOf, inBody, notFound, pageQuery, placeOf, Problem, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { type DefinitionMemory, type Kind, type Revision } from './definition.memory';
import { etagOf, type PublishDefinition, snapshotOf } from './publish-definition';

const policiesPath = '/api/v1/gate/policies';
const policyPath = `${policiesPath}/{policyId}`;
const configPath = '/api/v1/gate/worker-configs/{subTaskType}';
const internal = true;
const says = { 200: { says: 'The document.' } };
const PolicyId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/** Opaque to everybody but its worker; `products` holds what differs by product. */
const WorkerConfig = z.looseObject({ products: z.record(z.string().min(1).max(100), z.looseObject({})).optional() });

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface DefinitionReads<T extends Transaction> {
  readonly memory: DefinitionMemory;
  readonly publisher: PublishDefinition<T>;
}

export function definitionRoutes<T extends Transaction>(reads: DefinitionReads<T>): readonly Route[] {
  return [...policyRoutes(reads), ...configRoutes(reads)];
}

function policyRoutes<T extends Transaction>({ memory, publisher }: DefinitionReads<T>): readonly Route[] {
  return [
    route(
      { method: 'GET', path: policiesPath, summary: { en: 'Policies by name', zh: '策略列表' }, internal, query: z.strictObject(pageQuery), responses: says },
      (call) => listPolicies(memory, call),
    ),
    route(
      { method: 'PUT', path: policyPath, summary: { en: 'Publish a policy', zh: '发布策略' }, internal, body: z.unknown(), responses: says },
      async (call) => {
        const name = nameOf(call, 'policyId', PolicyId);
        if (name in builtInPolicies)
          throw new Problem(409, 'BUILT_IN', { en: `${name} is built in and cannot be changed; choose another id.`, zh: `${name} 是内置策略，不能修改。` });
        const document = policyOf(call.body);
        const { errors, warnings } = checkPolicy(document.rules);
        if (errors.length > 0) throw new Problem(400, 'INVALID_POLICY', { en: 'A row of the policy cannot be used.', zh: '策略规则无效。' }, { errors });
        const { revision, created } = await publisher.publish({ kind: 'policy', name, document, by: actorOf(call), ifMatch: ifMatchOf(call) });
        return { status: created ? 201 : 200, body: policyDocument(revision, warnings, call), headers: { etag: etagOf(revision) } };
      },
    ),
    route({ method: 'GET', path: policyPath, summary: { en: 'A policy', zh: '策略' }, internal, responses: says }, async (call) => {
      const name = nameOf(call, 'policyId', PolicyId);
      const builtIn = builtInPolicies[name];
      if (builtIn) return { status: 200, body: builtIn, headers: { etag: '"0"' } };
      const revision = await existing(memory, 'policy', name);
      return { status: 200, body: policyDocument(revision, [], call), headers: { etag: etagOf(revision) } };
    }),
    route(
      {
        method: 'GET',
        path: `${policyPath}/revisions`,
        summary: { en: 'Revisions of a policy', zh: '策略版本' },
        internal,
        query: z.strictObject(pageQuery),
        responses: says,
      },
      (call) => listRevisions(memory, 'policy', nameOf(call, 'policyId', PolicyId), call.query),
    ),
    route(
      { method: 'GET', path: '/internal/policies/{policyId}', summary: { en: 'A policy to freeze', zh: '策略快照' }, internal, responses: says },
      async (call) => ({
        status: 200,
        body: snapshotOf(await existing(memory, 'policy', nameOf(call, 'policyId', PolicyId))),
      }),
    ),
  ];
}

function configRoutes<T extends Transaction>({ memory, publisher }: DefinitionReads<T>): readonly Route[] {
  return [
    route(
      { method: 'PUT', path: configPath, summary: { en: 'Configure a worker type', zh: '配置扫描器' }, internal, body: WorkerConfig, responses: says },
      async (call) => {
        const name = nameOf(call, 'subTaskType', SubTaskType);
        const { revision, created } = await publisher.publish({
          kind: 'worker-config',
          name,
          document: call.body,
          by: actorOf(call),
          ifMatch: ifMatchOf(call),
        });
        return {
          status: created ? 201 : 200,
          body: { ...revision.document, subTaskType: name, revision: revision.revision },
          headers: { etag: etagOf(revision) },
        };
      },
    ),
    route(
      { method: 'GET', path: configPath, summary: { en: 'The configuration of a worker type', zh: '扫描器配置' }, internal, responses: says },
      async (call) => {
        const revision = await existing(memory, 'worker-config', nameOf(call, 'subTaskType', SubTaskType));
        return { status: 200, body: { ...revision.document, subTaskType: revision.name, revision: revision.revision }, headers: { etag: etagOf(revision) } };
      },
    ),
    route(
      {
        method: 'GET',
        path: `${configPath}/revisions`,
        summary: { en: 'Revisions of a configuration', zh: '配置版本' },
        internal,
        query: z.strictObject(pageQuery),
        responses: says,
      },
      (call) => listRevisions(memory, 'worker-config', nameOf(call, 'subTaskType', SubTaskType), call.query),
    ),
  ];
}

/** Problem 400 with the faults of the shape and those of the expressions. */
function policyOf(body: unknown): PolicyDocument {
  const parsed = PolicyDocument.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = [...faultsOf(parsed.error, inBody), ...expressionFaultsIn(body)];
  throw new Problem(400, 'INVALID_BODY', { en: 'The body is not what this call takes.', zh: '请求体不符合要求。' }, { errors });
}

/** Those that are built in stand among those that were published; nobody can publish under their names. */
async function listPolicies(memory: DefinitionMemory, call: Call<Page>): Promise<{ status: number; body: unknown }> {
  const { limit, cursor } = call.query;
  const after = cursor === undefined ? '' : String(placeOf(cursor, ['p']).p);
  const published = (await memory.newest('policy', limit + 1, after)).map((revision) => ({
    name: revision.name,
    document: policyDocument(revision, [], call),
  }));
  const builtIn = Object.entries(builtInPolicies).flatMap(([name, document]) => (name > after ? [{ name, document }] : []));
  const all = [...published, ...builtIn].sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const next = all.length > limit && last ? { nextCursor: cursorOf({ p: last.name }) } : {};
  return { status: 200, body: { items: items.map(({ document }) => document), ...next } };
}

async function listRevisions(memory: DefinitionMemory, kind: Kind, name: string, { limit, cursor }: Page): Promise<{ status: number; body: unknown }> {
  await existing(memory, kind, name);
  const found = await memory.revisions(kind, name, limit + 1, cursor === undefined ? undefined : Number(placeOf(cursor, ['r']).r));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last ? { nextCursor: cursorOf({ r: last.revision }) } : {};
  return { status: 200, body: { items: items.map(({ document, revision, by, at }) => ({ ...document, id: name, revision, by, at })), ...next } };
}

function policyDocument(
  { name, revision, document, by, at }: Revision,
  warnings: readonly PolicyFault[],
  { language }: Pick<Call, 'language'>,
): Record<string, unknown> {
  return {
    ...document,
    id: name,
    revision,
    by,
    at,
    ...(warnings.length > 0 && { warnings: warnings.map((warning) => ({ ...warning, message: warning.message[language] })) }),
  };
}

async function existing(memory: DefinitionMemory, kind: Kind, name: string): Promise<Revision> {
  const found = await memory.find(kind, name);
  if (found) return found;
  throw notFound({ en: `Nobody has published ${name}.`, zh: `${name} 尚未发布。` });
}

function nameOf({ params }: Pick<Call, 'params'>, parameter: string, schema: z.ZodType<string>): string {
  const name = schema.safeParse(params[parameter]);
  if (name.success) return name.data;
  const message = { en: 'not a name', zh: '名称无效' };
  throw new Problem(
    400,
    'INVALID_NAME',
    { en: `${parameter} has characters that a name cannot have.`, zh: `${parameter} 含有不允许的字符。` },
    { errors: [{ parameter, code: 'INVALID_NAME', message }] },
  );
}

function actorOf({ request, actor }: Pick<Call, 'request' | 'actor'>): string {
  const named = request.headers['x-tributary-actor'];
  return typeof named === 'string' && named.length > 0 ? named.slice(0, 200) : actor;
}

function ifMatchOf({ request }: Pick<Call, 'request'>): string | undefined {
  return request.headers['if-match'];
}
