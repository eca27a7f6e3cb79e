import { ConfigurationError } from '@tributary/service-kit';
import { readArguments } from './arguments';
import { checkSettings, settingsOf } from './settings';

const saying = (environment: Record<string, string>): string[] => {
  const said: string[] = [];
  checkSettings(environment, (sentence) => said.push(sentence));
  return said;
};

it('names every fault of every service before any of them starts', () => {
  const wrong = { TRIBUTARY_SCAN_MS: 'long', TRIBUTARY_UPLOADS_MAX: '0', TRIBUTARY_COORDINATOR_HEARTBEAT_MS: '1', TRIBUTARY_LOG_LEVEL: 'loud' };
  expect(() => saying(wrong)).toThrow(ConfigurationError);
  for (const [name, value] of Object.entries(wrong)) expect(() => saying(wrong)).toThrow(`${name}=${value}: `);
});

it('warns of what nobody reads, and of what is said by an option here', () => {
  expect(
    saying({ TRIBUTARY_HTTP_PORT: '1', TRIBUTARY_DATA_DIR: '/d', TRIBUTARY_CACHE: '/c', TRIBUTARY_LEASE_MS: '2000', TRIBUTARY_TOKENS_FILE: '/t' }),
  ).toEqual([]);
  const unread = { TRIBUTARY_HTTP_PROT: '1', TRIBUTARY_DATABASE_URL: 'postgres://db/x', TRIBUTARY_BUS: 'kafka' };
  expect(saying(unread).map((sentence) => sentence.split(':')[0])).toEqual(Object.keys(unread));
});

it('takes an empty variable for none', () => {
  const empty = { TRIBUTARY_DATA_DIR: '', TRIBUTARY_HTTP_PORT: '', TRIBUTARY_SCAN_MS: '' };
  expect(saying(empty)).toEqual([]);
  expect(readArguments([], empty, '/here')).toMatchObject({ dataFolder: '/here/.tributary-cluster', port: 8080 });
});

it('gives each service its own', () => {
  const environment = { TRIBUTARY_LEASE_MS: '2000', TRIBUTARY_UPLOADS_MAX: '8', PATH: '/bin' };
  expect(settingsOf('sql-worker', environment)).toEqual({ TRIBUTARY_LEASE_MS: '2000', TRIBUTARY_UPLOADS_MAX: '' });
  expect(settingsOf('gateway', environment)).toEqual({ TRIBUTARY_LEASE_MS: '', TRIBUTARY_UPLOADS_MAX: '8' });
});
