/**
 * kafkajs 2.2.4 takes a fifth of a publisher's time for encoding: half a KiB of zeroed memory for every header of every record, and
 * grouping by partition is quadratic. Here the Produce request is encoded by ourselves into one buffer, and kafkajs is handed a whole
 * partition as one message; connections, leaders, retries and answers stay with it.
 */
import { createRequire } from 'node:module';
import { type Message } from 'kafkajs';
import { type BundleMessage, encodeProduce, type ProduceData } from './produce-encoding';

interface Wanted extends ProduceData {
  readonly compression?: number;
  readonly transactionalId?: string | null;
  readonly producerId?: unknown;
}

interface Exchange {
  readonly request: { encode(): Promise<unknown> };
  readonly response: unknown;
}

interface Definition {
  versions: readonly string[];
  protocol(wanted: { readonly version: number }): (wanted: Wanted) => Exchange;
}

/** Record batches came with version 3. */
const versions = [3, 4, 5, 6, 7];

let quick: boolean | undefined;

/** Once per process; answers whether it worked. A kafkajs that is built differently is left as it is. */
export function quickProduce(): boolean {
  quick ??= install();
  return quick;
}

/** What kafkajs is to be given for the records of one partition. */
export function inOne(records: readonly Message[], partition: number): readonly (Message | BundleMessage)[] {
  return quickProduce() ? [{ value: null, partition, bundle: records }] : records;
}

function install(): boolean {
  const definition = produceDefinition();
  if (typeof definition?.protocol !== 'function' || definition.versions.some((version) => Number(version) > Math.max(...versions))) return false;
  const original = definition.protocol.bind(definition);
  definition.protocol = ({ version }) => {
    const exchange = original({ version });
    return versions.includes(version) ? (wanted) => encodedHere(exchange(wanted), wanted) : exchange;
  };
  return true;
}

function encodedHere(exchange: Exchange, wanted: Wanted): Exchange {
  const { compression = 0, transactionalId, producerId = -1 } = wanted;
  const plain = compression === 0 && (transactionalId ?? null) === null && Number(producerId) === -1;
  if (!plain) return exchange;
  const encode = (): Promise<unknown> => {
    const buf = encodeProduce(wanted, Date.now());
    // As much of kafkajs's encoder as it asks for.
    return Promise.resolve({ buf, buffer: buf, size: () => buf.length });
  };
  return { ...exchange, request: { ...exchange.request, encode } };
}

function produceDefinition(): Definition | undefined {
  try {
    return (createRequire(__filename)('kafkajs/src/protocol/requests') as { readonly requests?: { readonly Produce?: Definition } }).requests?.Produce;
  } catch {
    return undefined;
  }
}
