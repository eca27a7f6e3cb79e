/** `docs/generated/`: the contract for other languages, the JSON Schema of every fact and AsyncAPI. Pure. */
import { asyncApi, catalogue, factSchema, schemaPath } from '@tributary/facts';
import { z } from 'zod';
import { type PrintedFile } from './markdown';

/** The committed description of the HTTP API, made by the gateway: both documents carry the same title and version. */
const Described = z.object({ info: z.object({ title: z.string(), version: z.string(), description: z.string() }) });

export function contractFiles(read: (path: string) => string): PrintedFile[] {
  const { info } = Described.parse(JSON.parse(read('docs/generated/openapi.json')));
  return [
    { path: 'docs/generated/asyncapi.json', text: jsonText(asyncApi(info)) },
    ...catalogue.map((fact) => ({ path: `docs/generated${schemaPath(fact)}`, text: jsonText(factSchema(fact)) })),
  ];
}

function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
