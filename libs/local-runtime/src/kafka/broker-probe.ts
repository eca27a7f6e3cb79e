/** Asks a broker over the wire, without a client library, whether it answers and which brokers it knows. */
import { connect } from 'node:net';

export interface KnownBroker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

const apiVersions = 18;
const metadata = 3;
const clientId = Buffer.from('tributary-probe');

/** ApiVersions v0, then Metadata v1 with an empty topic list. Rejects while the broker cannot serve. */
export async function probeBroker(port: number): Promise<readonly KnownBroker[]> {
  const versions = await request(port, apiVersions, 0, Buffer.alloc(0));
  const errorCode = versions.readInt16BE(0);
  if (errorCode !== 0) throw new Error(`ApiVersions answered with error ${String(errorCode)}`);
  return parseBrokers(await request(port, metadata, 1, Buffer.from([0, 0, 0, 0])));
}

/** The brokers of a Metadata v1 answer, correlation id already cut off. */
export function parseBrokers(body: Buffer): readonly KnownBroker[] {
  let at = 0;
  const int32 = (): number => {
    at += 4;
    return body.readInt32BE(at - 4);
  };
  const text = (): string => {
    const length = body.readInt16BE(at);
    at += 2 + Math.max(0, length);
    return length < 0 ? '' : body.toString('utf8', at - length, at);
  };
  const brokers: KnownBroker[] = [];
  for (let left = int32(); left > 0; left--) {
    brokers.push({ id: int32(), host: text(), port: int32() });
    text(); // rack
  }
  return brokers;
}

function request(port: number, apiKey: number, version: number, body: Buffer, timeoutMs = 1_000): Promise<Buffer> {
  const head = Buffer.alloc(14);
  head.writeInt32BE(10 + clientId.length + body.length, 0);
  head.writeInt16BE(apiKey, 4);
  head.writeInt16BE(version, 6);
  head.writeInt32BE(1, 8); // correlation id
  head.writeInt16BE(clientId.length, 12);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = Buffer.alloc(0);
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${String(timeoutMs)} ms`)));
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('the connection was closed'));
    });
    socket.on('connect', () => socket.write(Buffer.concat([head, clientId, body])));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      resolve(received.subarray(8));
      socket.destroy();
    });
  });
}
