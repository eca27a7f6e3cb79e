import { parseBrokers } from './broker-probe';
import { escapeValue, renderProperties } from './server-properties';

const place = { nodeId: 2, port: 19093, controllerPort: 19096, controllerPorts: [19095, 19096, 19097], logDir: '/tmp/a b/log', cores: 2 };

function lineOf(text: string, name: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

describe("a broker's settings", () => {
  it('name all voters, and replicate over all nodes', () => {
    const text = renderProperties(place);
    expect(lineOf(text, 'controller.quorum.voters')).toBe('1@127.0.0.1:19095,2@127.0.0.1:19096,3@127.0.0.1:19097');
    expect(lineOf(text, 'listeners')).toBe('PLAINTEXT://127.0.0.1:19093,CONTROLLER://127.0.0.1:19096');
    expect([lineOf(text, 'default.replication.factor'), lineOf(text, 'min.insync.replicas')]).toEqual(['3', '2']);
    expect(lineOf(text, 'auto.create.topics.enable')).toBe('false');
  });

  it('ask for no second copy when there is one node, and give way to the caller', () => {
    const text = renderProperties({ ...place, controllerPorts: [19095] }, { 'log.retention.hours': 1 });
    expect([lineOf(text, 'default.replication.factor'), lineOf(text, 'min.insync.replicas')]).toEqual(['1', '1']);
    expect(text.match(/^log\.retention\.hours=.*$/gm)).toEqual(['log.retention.hours=1']);
  });

  it('survive the way in which Java reads them', () => {
    expect(escapeValue('C:\\kafka')).toBe('C:\\\\kafka');
    expect(escapeValue(' 数据')).toBe('\\ \\u6570\\u636e');
  });
});

describe('a metadata answer', () => {
  it('names the brokers', () => {
    const broker = (id: number, host: string, port: number): Buffer => {
      const buffer = Buffer.alloc(4 + 2 + host.length + 4 + 2);
      buffer.writeInt32BE(id, 0);
      buffer.writeInt16BE(host.length, 4);
      buffer.write(host, 6);
      buffer.writeInt32BE(port, 6 + host.length);
      buffer.writeInt16BE(-1, 10 + host.length);
      return buffer;
    };
    const answer = Buffer.concat([
      Buffer.from([0, 0, 0, 2]),
      broker(1, '127.0.0.1', 19092),
      broker(3, 'localhost', 19094),
      Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]),
    ]);
    expect(parseBrokers(answer)).toEqual([
      { id: 1, host: '127.0.0.1', port: 19092 },
      { id: 3, host: 'localhost', port: 19094 },
    ]);
  });
});
