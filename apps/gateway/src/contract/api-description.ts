/** The API as OpenAPI 3.1: made from the table of routes that is served. Pure. */
import { jsonSchema, openApi, type Route } from '@tributary/service-kit';
import { z } from 'zod';
import { handedOnBodies } from '../definition/definition.routes';

export const apiInfo = {
  title: 'Tributary',
  version: '1.0.0',
  description:
    'Fact-driven quality gate for version packages. Errors are RFC 9457 problem documents; lists answer `{ items, nextCursor }`; `Accept-Language` chooses the language of texts; `traceparent` is accepted and answered.',
};

type Json = Record<string, unknown>;
interface Described extends Json {
  readonly paths: Record<string, Record<string, Json>>;
}

const uploadForm = z.object({
  file: z.string().meta({ format: 'binary', description: 'the package' }),
  product: z.string().optional().meta({ description: 'default "default"' }),
  version: z.string().optional().meta({ description: "default the first 12 digits of the package's sha256" }),
  policy: z.string().optional().meta({ description: 'the id of a policy, or inline JSON' }),
});

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same key and content within 24 h gives the same answer, with `Idempotent-Replay: true`.',
};

/** What a table of routes does not say: bodies that its handlers do not read as JSON, the key of a POST that creates, and who may ask. */
export function apiDescription(routes: readonly Route[]): Json {
  const document = openApi(routes, apiInfo) as Described;
  const paths = Object.entries(document.paths).map(
    ([path, methods]) =>
      [path, Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, completed(path, method, operation)]))] as const,
  );
  return {
    ...document,
    paths: Object.fromEntries(paths),
    security: [{}, { bearer: [] }],
    components: {
      ...(document['components'] as Json),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'where the gateway was given tokens' } },
    },
  };
}

function completed(path: string, method: string, operation: Json): Json {
  if (path === '/api/v1/gate/tasks' && method === 'post') return withForm(operation);
  if (path.endsWith('/rescan')) return { ...operation, parameters: [...(operation['parameters'] as Json[]), idempotencyKey] };
  const body = handedOnBodies[path];
  return method === 'put' && body ? { ...operation, requestBody: { required: true, content: { 'application/json': { schema: body } } } } : operation;
}

function withForm(upload: Json): Json {
  const content = {
    'multipart/form-data': { schema: jsonSchema(uploadForm) },
    'application/zip': { schema: { type: 'string', format: 'binary' } },
  };
  return { ...upload, parameters: [...(upload['parameters'] as Json[]), idempotencyKey], requestBody: { required: true, content } };
}
