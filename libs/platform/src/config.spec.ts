import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, readConfig } from '@tributary/service-kit';
import { PlatformConfig } from './config';
import { Platform } from './platform';

const database = { TRIBUTARY_DATABASE_URL: 'postgres://127.0.0.1/x' };
const platformOf = (environment: Record<string, string>): Platform =>
  new Platform({ config: readConfig(PlatformConfig, { ...database, TRIBUTARY_LOG_LEVEL: 'error', ...environment }), version: '1', pretty: false });

it('names every fault at once', () => {
  const read = (): unknown => readConfig(PlatformConfig, { TRIBUTARY_BUS: 'pigeon', TRIBUTARY_HTTP_PORT: '70000' });
  expect(read).toThrow(ConfigurationError);
  for (const variable of ['TRIBUTARY_DATABASE_URL', 'TRIBUTARY_BUS', 'TRIBUTARY_HTTP_PORT']) expect(read).toThrow(variable);
});

it('has a default for all but the database', () => {
  expect(readConfig(PlatformConfig, database)).toEqual({
    databaseUrl: 'postgres://127.0.0.1/x',
    bus: 'postgres',
    storeRegion: 'us-east-1',
    logLevel: 'info',
    httpHost: '127.0.0.1',
    httpPort: 8080,
  });
});

it('keeps packages in a folder, or in a bucket, which goes first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-platform-'));
  try {
    expect(platformOf({ TRIBUTARY_STORE_FOLDER: folder }).storeConfig).toEqual({ kind: 'directory', root: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const bucket = { TRIBUTARY_STORE_BUCKET: 'b', TRIBUTARY_STORE_ENDPOINT: 'http://127.0.0.1:9', TRIBUTARY_STORE_FOLDER: '/nowhere' };
  expect(platformOf(bucket).storeConfig).toEqual({ kind: 's3', bucket: 'b', region: 'us-east-1', endpoint: 'http://127.0.0.1:9', forcePathStyle: true });
  const keys = { TRIBUTARY_STORE_ACCESS_KEY: 'a', TRIBUTARY_STORE_SECRET_KEY: 's' };
  expect(platformOf({ ...bucket, ...keys }).storeConfig).toMatchObject({ credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
});

it('names what does not fit together', () => {
  const store = { TRIBUTARY_STORE_BUCKET: 'b' };
  expect(() => platformOf({ ...store, TRIBUTARY_BUS: 'kafka', TRIBUTARY_STORE_ACCESS_KEY: 'a', TRIBUTARY_DATABASE_URL: 'db:5432' })).toThrow(
    /TRIBUTARY_DATABASE_URL: not a URL[\s\S]*TRIBUTARY_KAFKA_BROKERS=: [\s\S]*TRIBUTARY_STORE_ACCESS_KEY, TRIBUTARY_STORE_SECRET_KEY: both or none/,
  );
  for (const wrong of ['kafka', 'a:9092,', 'a:b']) {
    expect(() => platformOf({ ...store, TRIBUTARY_BUS: 'kafka', TRIBUTARY_KAFKA_BROKERS: wrong })).toThrow(`TRIBUTARY_KAFKA_BROKERS=${wrong}:`);
  }
  expect(platformOf({ ...store, TRIBUTARY_BUS: 'kafka', TRIBUTARY_KAFKA_BROKERS: 'a:9092, [::1]:9092' }).config.bus).toBe('kafka');
});

it('says in a sentence that there is no database, without its password', async () => {
  const nowhere = platformOf({ TRIBUTARY_STORE_BUCKET: 'b', TRIBUTARY_DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' });
  await expect(nowhere.service('sql-worker', [])).rejects.toThrow(
    new ConfigurationError(['TRIBUTARY_DATABASE_URL=postgres://me:***@127.0.0.1:1/x: connect ECONNREFUSED 127.0.0.1:1']),
  );
});

it('says that packages have no place', () => {
  expect(() => platformOf({})).toThrow('TRIBUTARY_STORE_FOLDER or TRIBUTARY_STORE_BUCKET');
});
