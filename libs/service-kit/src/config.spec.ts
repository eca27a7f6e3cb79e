import { z } from 'zod';
import { ConfigurationError, printableConfig, readConfig } from './config';

const schema = z.object({ httpPort: z.coerce.number().int().max(65_535).default(8080), databaseUrl: z.string().min(1) });

it('reads what is there and fills in defaults', () => {
  expect(readConfig(schema, { TRIBUTARY_DATABASE_URL: 'postgres://x', HOME: '/h' })).toEqual({ httpPort: 8080, databaseUrl: 'postgres://x' });
});

it('names every bad, missing and unknown key at once', () => {
  const read = (): unknown => readConfig(schema, { TRIBUTARY_HTTP_PORT: '99999', TRIBUTARY_HTTP_PROT: '1' });
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(/TRIBUTARY_HTTP_PROT: nobody reads[\s\S]*TRIBUTARY_HTTP_PORT[\s\S]*TRIBUTARY_DATABASE_URL/);
});

it('shows what was given, but no secret, and what was expected instead', () => {
  const numbers = schema.extend({ storeSecretKey: z.string().min(20) });
  const read = (): unknown => readConfig(numbers, { TRIBUTARY_HTTP_PORT: 'eighty', TRIBUTARY_STORE_SECRET_KEY: 'too-short' });
  expect(read).toThrow(
    new ConfigurationError([
      'TRIBUTARY_HTTP_PORT=eighty: expected number',
      'TRIBUTARY_DATABASE_URL: missing',
      'TRIBUTARY_STORE_SECRET_KEY=***: Too small: expected string to have >=20 characters',
    ]),
  );
});

it('warns of a variable that nobody reads, and says what may have been meant', () => {
  const said: string[] = [];
  readConfig(schema, { TRIBUTARY_DATABASE_URL: 'x', TRIBUTARY_HTTP_PORTS: '1', TRIBUTARY_EMPTY: '' }, (sentence) => said.push(sentence));
  expect(said).toEqual(['TRIBUTARY_HTTP_PORTS: nobody reads this variable; did you mean TRIBUTARY_HTTP_PORT?']);
});

it('prints no secret', () => {
  expect(printableConfig({ databaseUrl: 'postgres://me:secret@host/db', apiToken: 'abc', tokensFile: '/etc/tokens', httpPort: 1 })).toEqual({
    databaseUrl: 'postgres://me:***@host/db',
    apiToken: '***',
    tokensFile: '/etc/tokens',
    httpPort: 1,
  });
});
