/** The contract on a real S3 server, and what only a bucket can get wrong. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { aPackageStore } from '../testing/package-store.contract';
import { findVersitygw, startVersitygw, type Versitygw } from '../testing/versitygw';
import { S3PackageStore, type S3PackageStoreConfig } from './s3.package-store';

const found = findVersitygw();
if ('missing' in found) process.stdout.write(`skipped: the S3 package store against a real server: ${found.missing}\n`);
const describeWithServer = 'path' in found ? describe : describe.skip;

describeWithServer('with versitygw', () => {
  let server: Versitygw;
  let buckets = 0;
  const stores: S3PackageStore[] = [];
  beforeAll(async () => {
    if ('path' in found) server = await startVersitygw(found.path);
  });
  afterAll(async () => {
    for (const store of stores) store.close();
    await server.stop();
  });

  async function emptyStore(): Promise<{ store: S3PackageStore; config: S3PackageStoreConfig }> {
    const config = await server.bucket(`packages-${++buckets}`);
    const store = new S3PackageStore(config);
    stores.push(store);
    return { store, config };
  }

  aPackageStore('a bucket', async () => (await emptyStore()).store);

  it('[F20] aborts multipart uploads that a dead process left open, and not the young ones', async () => {
    const { store, config } = await emptyStore();
    const client = new S3Client({ ...config });
    await client.send(new CreateMultipartUploadCommand({ Bucket: config.bucket, Key: 'dead.zip' }));
    expect(await store.removeLeftovers(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(1);
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket: config.bucket }))).Uploads ?? []).toEqual([]);
    client.destroy();
  });

  it('lists more than one page', async () => {
    const { store } = await emptyStore();
    const keys = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => store.put(key, Readable.from([Buffer.from('x')]))));
    }
    const listed: string[] = [];
    for await (const { key } of store.list('many/')) listed.push(key);
    expect(listed).toEqual(keys);
  });

  it('is not ready without its bucket', async () => {
    const { config } = await emptyStore();
    const store = new S3PackageStore({ ...config, bucket: 'no-such-bucket' });
    stores.push(store);
    await expect(store.probe()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('[F20] a bucket behind a bad network', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function storeBehind(answer: RequestListener): Promise<S3PackageStore> {
    server = createServer(answer);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    return new S3PackageStore({ bucket: 'b', region: 'us-east-1', endpoint, forcePathStyle: true, credentials, silenceMs: 300, attemptsMax: 1 });
  }

  it('tells UNAVAILABLE when a body falls silent', async () => {
    const store = await storeBehind((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
    });
    await expect(store.readBytes('a', 0, 1_000)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('tells UNAVAILABLE when a body is cut', async () => {
    const store = await storeBehind((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    });
    await expect(store.readBytes('a', 0, 1_000)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('tells UNAVAILABLE when it is told to slow down, and when nobody answers', async () => {
    const store = await storeBehind((_, response) => {
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    });
    await expect(store.head('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server?.closeAllConnections();
    server?.close();
    await expect(store.probe()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
