/** The contract of the facts as documents for other languages: a JSON Schema for each fact, and AsyncAPI 3 for all of them. */
import { z } from 'zod';
import { catalogue } from './catalogue';
import { type FactDefinition } from './fact';
import { limits } from './limits';
import { topics, topicSettings, type Topic } from './topics';

type Json = Readonly<Record<string, unknown>>;

/** Where a schema is served; what `dataschema` names, with `.json`. */
export function schemaPath({ name, version }: Pick<FactDefinition, 'name' | 'version'>): string {
  return `/schemas/${name}/${String(version)}.json`;
}

/** JSON Schema 2020-12 of a fact's data, as a publisher may write it: what has a default may be left out. */
export function factSchema(definition: FactDefinition): Json {
  const { $schema, ...schema } = z.toJSONSchema(definition.schema, { io: 'input', unrepresentable: 'any' });
  return { $schema, $id: schemaPath(definition), title: definition.name, description: definition.says, ...schema };
}

const attribute = (description: string, schema: Json = { type: 'string' }): Json => ({ ...schema, description });

/** CloudEvents 1.0 in Kafka's binary mode, with this project's extensions. */
const envelopeHeaders: Json = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source'],
  properties: {
    'content-type': { const: 'application/json' },
    ce_specversion: { const: '1.0' },
    ce_id: attribute('v7, or v5 of cause and purpose: telling again tells the same', { type: 'string', format: 'uuid' }),
    ce_type: attribute('the name of the fact'),
    ce_source: attribute('the same for all replicas and releases; /tributary/* is reserved', { type: 'string', format: 'uri-reference' }),
    ce_subject: attribute('the id of the aggregate; default: the key'),
    ce_time: attribute("RFC 3339, UTC; default: the record's timestamp", { type: 'string', format: 'date-time' }),
    ce_dataschema: attribute('/schemas/<Fact>/<version>; default: version 1'),
    ce_tenant: attribute('default: default'),
    ce_causedby: attribute('the id of the fact or request that led to this one'),
    ce_actor: attribute('who caused it'),
    ce_traceparent: attribute('W3C trace context'),
  },
};

/** AsyncAPI 3.0. `title` and `version` are the product's. */
export function asyncApi(info: { readonly title: string; readonly version: string; readonly description: string }): Json {
  return {
    asyncapi: '3.0.0',
    info: { ...info, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [channelOf(topic), channel(topic)])),
    operations: Object.fromEntries(topics.map((topic) => [`publish-${channelOf(topic)}`, operation(topic)])),
    components: {
      messages: Object.fromEntries(catalogue.map((definition) => [definition.name, message(definition)])),
      messageTraits: { envelope: { headers: envelopeHeaders } },
    },
  };
}

function channelOf(topic: Topic): string {
  return topic.replaceAll('.', '-');
}

function factsOf(topic: Topic): readonly FactDefinition[] {
  return catalogue.filter((definition) => definition.topic === topic);
}

function channel(topic: Topic): Json {
  const { partitions, retentionMs, compacted } = topicSettings[topic];
  const topicConfiguration = { 'cleanup.policy': [compacted ? 'compact' : 'delete'], 'retention.ms': retentionMs };
  return {
    address: topic,
    description: `At most ${String(limits.factBytesMax)} bytes a fact. Partition: Java's murmur2 of the key.`,
    messages: Object.fromEntries(factsOf(topic).map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
    bindings: { kafka: { topic, partitions, topicConfiguration, bindingVersion: '0.5.0' } },
  };
}

function operation(topic: Topic): Json {
  const publishers = [...new Set(factsOf(topic).map(({ publisher }) => publisher))].join(', ');
  return { action: 'send', channel: { $ref: `#/channels/${channelOf(topic)}` }, summary: `Published by: ${publishers}.` };
}

function message(definition: FactDefinition): Json {
  const { name, says, publisher, aggregate } = definition;
  return {
    name,
    title: name,
    summary: says,
    description: `Published by: ${publisher}. Aggregate: ${aggregate}.`,
    contentType: 'application/json',
    traits: [{ $ref: '#/components/messageTraits/envelope' }],
    payload: factSchema(definition),
    bindings: { kafka: { key: { type: 'string', description: "the subject: the aggregate's id" }, bindingVersion: '0.5.0' } },
  };
}
