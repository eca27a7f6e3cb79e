/** `docs/facts.md`: every fact with its topic, publisher, fields and versions, printed from the catalogue. Pure. */
import { builtInPolicies, type FactDefinition, factSchema, limits, schemaPath, topics, topicSettings } from '@tributary/facts';
import { code, printedNote, type PrintedFile, table } from './markdown';
import { grouped, type SchemaNode, shapeOf } from './schema-words';

const dayMs = 86_400_000;

export function factsPage(catalogue: readonly FactDefinition[]): PrintedFile {
  const parts = [
    printedNote,
    '# Facts',
    'Services tell each other facts, never commands: past tense, immutable, validated where they are told and where they are heard. The envelope is CloudEvents 1.0; how it travels, and what a worker in any language has to know, stands in [taking-part.md](taking-part.md). Unknown types are skipped, unknown fields are kept.',
    '## Topics',
    table(
      ['topic', 'partitions', 'kept for', 'facts'],
      topics.map((topic) => topicRow(topic, catalogue)),
    ),
    '## Limits',
    table(
      ['limit', 'most'],
      Object.entries(limits).map(([name, most]) => [code(name), grouped(most)]),
    ),
    '## All facts',
    table(
      ['fact', 'published by', 'topic', 'versions accepted', 'what it says'],
      catalogue.map((fact) => [`[\`${fact.name}\`](#${fact.name.toLowerCase()})`, fact.publisher, code(fact.topic), versionsOf(fact), fact.says]),
    ),
    ...catalogue.map(factSection),
    '## Built-in policies',
    'The default of every `policy` field is `default`.',
    ...Object.entries(builtInPolicies).map(([id, policy]) => `### ${code(id)}\n\n\`\`\`json\n${JSON.stringify(policy, null, 2)}\n\`\`\``),
  ];
  return { path: 'docs/facts.md', text: `${parts.join('\n\n')}\n` };
}

function topicRow(topic: (typeof topics)[number], catalogue: readonly FactDefinition[]): string[] {
  const { partitions, retentionMs, compacted } = topicSettings[topic];
  const names = catalogue.filter((fact) => fact.topic === topic).map(({ name }) => code(name));
  return [code(topic), String(partitions), compacted ? 'the latest of each key' : `${String(retentionMs / dayMs)} days`, names.join(', ')];
}

function versionsOf({ version, upcasters }: FactDefinition): string {
  const older = Object.keys(upcasters)
    .map(Number)
    .toSorted((a, b) => a - b);
  return [...older.map((from) => `${String(from)} (upcast)`), String(version)].join(', ');
}

function factSection(fact: FactDefinition): string {
  const schema = factSchema(fact) as SchemaNode;
  const about = `Published by: ${fact.publisher}. Topic ${code(fact.topic)}, aggregate ${code(fact.aggregate)}. Versions accepted: ${versionsOf(fact)}. Schema: [\`${schemaPath(fact)}\`](generated${schemaPath(fact)}).`;
  return `### ${fact.name}\n\n${fact.says}\n\n${about}\n\n${table(['field', 'needed', 'shape', 'default'], fieldRows(schema))}`;
}

/** Fields of nested objects come with a dotted name; a policy is one field, its own shape stands in the schema. */
function fieldRows(schema: SchemaNode, prefix = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const needed = schema.required?.includes(name) === true ? 'yes' : 'no';
    const own = [code(`${prefix}${name}`), needed, shapeOf(field), defaultOf(name, field)];
    return name === 'policy' ? [own] : [own, ...fieldRows(field, `${prefix}${name}.`)];
  });
}

function defaultOf(name: string, field: SchemaNode): string {
  if (field.default === undefined) return '';
  return name === 'policy' ? 'the built-in policy `default`' : code(JSON.stringify(field.default));
}
