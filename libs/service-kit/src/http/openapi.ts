/** OpenAPI 3.1 from the table of routes. */
import { z } from 'zod';
import { type Route } from './route';

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
    errors: { type: 'array', items: { type: 'object', required: ['code', 'message'] } },
    traceId: { type: 'string' },
  },
};

export function openApi(
  routes: readonly Route[],
  info: { readonly title: string; readonly version: string; readonly description: string },
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes.filter(({ internal }) => !internal)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: { schemas: { Problem: problem } },
  };
}

function operation({ method, path, summary, tag, query, body, rawBody, responses }: Route): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema: jsonSchema(schema as z.ZodType) }));
  const content = body ? { 'application/json': { schema: jsonSchema(body) } } : Object.fromEntries((rawBody ?? []).map((type) => [type, {}]));
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/[^A-Za-z0-9]/g, '')}`,
    summary: summary.en,
    'x-summary-zh': summary.zh,
    ...(tag !== undefined && { tags: [tag] }),
    parameters: [...inPath, ...inQuery],
    ...((body ?? rawBody) && { requestBody: { required: true, content } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, { says, schema, contentType = 'application/json' }]) => [
          status,
          {
            description: says,
            content: schema ? { [contentType]: { schema: jsonSchema(schema) } } : contentType === 'application/json' ? {} : { [contentType]: {} },
          },
        ]),
      ),
      default: { description: 'What went wrong.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
