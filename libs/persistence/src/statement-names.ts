/**
 * Names for prepared statements: the server parses and plans a statement once per connection instead of at every call, which halves
 * what small statements cost. Statements are constants of the code; the bound is for a mistake.
 */
import { type QueryConfig } from 'pg';

const namesMax = 1_000;

export class StatementNames {
  readonly #names = new Map<string, string>();

  /** The statement as `pg` takes it; unnamed when there are too many to keep on every connection. */
  prepared(text: string, parameters: readonly unknown[]): QueryConfig {
    const name = this.#names.get(text) ?? this.#named(text);
    return { text, values: [...parameters], ...(name !== undefined && { name }) };
  }

  #named(text: string): string | undefined {
    if (this.#names.size >= namesMax) return undefined;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/** A connection's prepared statement no longer fits: a table was changed by a newer release's migration, or somebody deallocated it. */
export function isStaleStatement(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { readonly code?: string; readonly message?: string };
  return code === '26000' || (code === '0A000' && message.includes('cached plan'));
}
