/** Who asks: names behind bearer tokens, of which only hashes are kept. */
import { ConfigurationError, Problem } from '@tributary/service-kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The tokens file cannot be used; every bad line is named. */
export class UnreadableTokens extends ConfigurationError {
  constructor(fault: string) {
    super([`TRIBUTARY_TOKENS_FILE: ${fault}`]);
  }
}

/** Nobody may listen on a public address without tokens. */
export class ExposedWithoutTokens extends ConfigurationError {
  constructor(host: string) {
    super([
      `TRIBUTARY_HTTP_HOST=${host}: without a tokens file the gateway listens on loopback only; set TRIBUTARY_TOKENS_FILE (lines "name:sha256 of the token in hex")`,
    ]);
  }
}

interface KnownToken {
  readonly name: string;
  readonly hash: Buffer;
}

export class BearerTokens {
  private constructor(private readonly tokens: readonly KnownToken[]) {}

  static async read(file: string): Promise<BearerTokens> {
    try {
      return BearerTokens.parse(await readFile(file, 'utf8'));
    } catch (error) {
      if (error instanceof UnreadableTokens) throw error;
      throw new UnreadableTokens(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Lines `name:sha256hex`; empty lines and lines that begin with # are skipped. Throws `UnreadableTokens`. */
  static parse(text: string): BearerTokens {
    const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
    const tokens = lines.flatMap(({ line, number }): KnownToken[] => {
      if (line === '' || line.startsWith('#')) return [];
      const [, name, hash] = /^([A-Za-z0-9][A-Za-z0-9._@-]{0,99}):([0-9a-fA-F]{64})$/.exec(line) ?? [];
      if (name === undefined || hash === undefined) throw new UnreadableTokens(`line ${number} is not "name:sha256 in hex"`);
      return [{ name, hash: Buffer.from(hash, 'hex') }];
    });
    if (tokens.length === 0) throw new UnreadableTokens('it names no token');
    return new BearerTokens(tokens);
  }

  /** The name of the token. Throws a `Problem` (401). Every known token is compared, each in constant time. */
  nameOf(authorization: string | undefined): string {
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    const hash = createHash('sha256')
      .update(given ?? '')
      .digest();
    const matching = this.tokens.filter((token) => timingSafeEqual(token.hash, hash));
    const [found] = matching;
    if (given !== undefined && found) return found.name;
    const detail = { en: 'This call needs a known bearer token.', zh: '该请求需要有效的 Bearer 令牌。' };
    throw new Problem(401, 'UNAUTHENTICATED', detail, { headers: { 'www-authenticate': 'Bearer realm="tributary"' } });
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
