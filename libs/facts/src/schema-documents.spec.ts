import Ajv2020 from 'ajv/dist/2020';
import { catalogue } from './catalogue';
import { asyncApi, factSchema, schemaPath } from './schema-documents';
import { SubTaskStarted } from './gate/sub-task-started.fact';

const ajv = new Ajv2020({ strict: false, validateFormats: false });

it.each(catalogue.map((definition) => [definition.name, definition] as const))('%s has a JSON Schema that compiles', (name, definition) => {
  const schema = factSchema(definition);
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `/schemas/${name}/1.json`, title: name, type: 'object' });
  expect(() => ajv.compile(schema)).not.toThrow();
});

it('a schema takes what a publisher may write, and refuses what the fact refuses', () => {
  const takes = new Ajv2020({ strict: false, validateFormats: false }).compile(factSchema(SubTaskStarted));
  expect(takes({ taskId: 'a', subTaskType: 'SQL', later: 'unknown fields are kept' })).toBe(true);
  expect(takes({ taskId: 'a', subTaskType: 'sql' })).toBe(false);
  expect(takes({ subTaskType: 'SQL' })).toBe(false);
});

it('the AsyncAPI document has every fact in the channel of its topic, and every reference leads somewhere', () => {
  const document = asyncApi({ title: 't', version: '1', description: 'd' }) as any;
  expect(document.asyncapi).toBe('3.0.0');
  for (const { name, topic } of catalogue) {
    expect(document.channels[topic.replaceAll('.', '-')].messages[name]).toEqual({ $ref: `#/components/messages/${name}` });
    expect(document.components.messages[name].payload.$id).toBe(schemaPath({ name, version: 1 }));
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
  expect(references.length).toBeGreaterThan(catalogue.length);
  for (const path of references) expect(path.split('/').reduce((node, step) => node?.[step], document)).toBeDefined();
});
