import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Upstream } from './upstream';

const servers: Server[] = [];
const listen = async (name: string): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ name })));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
};
const name = { en: 'The coordinator', zh: '协调器' };
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

it('[P-002] goes to another replica when one is gone, and stays with the one that answers', async () => {
  const [one, two] = [await listen('one'), await listen('two')];
  const upstream = new Upstream({ url: `${one.url}, ${two.url}`, code: 'COORDINATOR', name });
  expect((await upstream.json('/')).body).toEqual({ name: 'one' });
  await one.close();
  expect((await upstream.json('/')).body).toEqual({ name: 'two' });
  expect((await upstream.json('/')).body).toEqual({ name: 'two' });
  upstream.close();
});

it('says 503 when all are gone', async () => {
  const [one, two] = [await listen('one'), await listen('two')];
  const upstream = new Upstream({ url: `${one.url},${two.url}`, code: 'COORDINATOR', name });
  await one.close();
  await two.close();
  await expect(upstream.json('/')).rejects.toMatchObject({ status: 503, code: 'COORDINATOR_UNAVAILABLE' });
  upstream.close();
});
