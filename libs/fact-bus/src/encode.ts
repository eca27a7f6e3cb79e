/** A fact as bytes, checked once where it enters the bus. */
import { definitionOf, type Fact, limits, partitionOf, shallowerThan, type Topic, topicSettings } from '@tributary/facts';
import { UnpublishableFact } from './port';

export interface Encoded {
  readonly topic: Topic;
  readonly partition: number;
  readonly key: string;
  readonly id: string;
  readonly body: string;
}

const separator = '\u001e';

/** Bodies as one parameter of a statement: an array's quotes and backslashes would have to be escaped, and read again. JSON has no control characters. */
export function bodiesTogether(bodies: readonly string[]): string {
  return bodies.join(separator);
}

/** The SQL that takes such a parameter apart. */
export const bodiesApart = (parameter: string): string => `string_to_array(${parameter}, E'\\x1e')`;

/** Structured-mode JSON of a valid fact, and where it belongs. Throws `UnpublishableFact`. */
export function encode(fact: Fact): Encoded {
  const definition = definitionOf(fact.type);
  if (!definition) throw new UnpublishableFact('UNKNOWN_TYPE', `nobody defined ${fact.type}`);
  if (!shallowerThan(fact, limits.depthMax)) throw new UnpublishableFact('TOO_DEEP', `${fact.type} is nested deeper than ${limits.depthMax} levels`);
  const body = JSON.stringify(fact);
  const size = Buffer.byteLength(body);
  if (size > limits.factBytesMax)
    throw new UnpublishableFact('TOO_LARGE', `${fact.type} has ${size} bytes; ${limits.factBytesMax} is the most. Carry a claim check instead.`);
  const valid = definition.schema.safeParse(fact.data);
  if (!valid.success)
    throw new UnpublishableFact(
      'INVALID',
      `${fact.type}: ${valid.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`).join('; ')}`,
    );
  const { partitions } = topicSettings[definition.topic];
  return { topic: definition.topic, partition: partitionOf(fact.subject, partitions), key: fact.subject, id: fact.id, body };
}
