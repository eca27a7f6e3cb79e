/** What a text is cut into. Tokens lie side by side without gaps, so a token ends where the next one starts. */

export const kinds = {
  space: 0,
  comment: 1,
  /** An optimizer hint, `/*+ ... *\/`. */
  hint: 2,
  word: 3,
  /** An identifier in backticks or double quotes; in dialects where `"` quotes texts, `"` is a `string`. */
  quoted: 4,
  string: 5,
  number: 6,
  /** `${dt}`, `{{ ds }}`: a value that is filled in before the statement runs. */
  template: 7,
  /** `{% if %}`, `{# note #}`: control flow of a template. */
  directive: 8,
  /** One of `,().[]{}`. */
  punctuation: 9,
  operator: 10,
  /** A line for the client program, not for the database: `!sh`, `dfs`, `ADD JAR`, `\copy`, `DELIMITER`. */
  command: 11,
  /** Ends a statement: `;`, a delimiter that was set, `/` alone on its line, `\G`. */
  separator: 12,
  /** Punctuation or space of a Chinese keyboard or a word processor, outside of texts. */
  fullwidth: 13,
  unknown: 14,
} as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

export type UnterminatedWhat = 'string' | 'name' | 'comment';

export interface Lexed {
  readonly text: string;
  readonly count: number;
  /** By token. */
  readonly kinds: Uint8Array;
  /** By token, with the length of the text behind the last one. */
  readonly starts: Uint32Array;
  /** What was opened and reached the end of the text. */
  readonly unterminated: { readonly start: number; readonly what: UnterminatedWhat } | undefined;
}

/** Grows by doubling. */
export class TokenBuffer {
  count = 0;
  #kinds = new Uint8Array(256);
  #starts = new Uint32Array(256);

  push(kind: Kind, start: number): void {
    if (this.count === this.#kinds.length) this.#grow();
    this.#kinds[this.count] = kind;
    this.#starts[this.count] = start;
    this.count += 1;
  }

  finish(text: string, unterminated: Lexed['unterminated']): Lexed {
    const starts = new Uint32Array(this.count + 1);
    starts.set(this.#starts.subarray(0, this.count));
    starts[this.count] = text.length;
    return { text, count: this.count, kinds: this.#kinds.slice(0, this.count), starts, unterminated };
  }

  #grow(): void {
    const [wideKinds, wideStarts] = [new Uint8Array(this.count * 2), new Uint32Array(this.count * 2)];
    wideKinds.set(this.#kinds);
    wideStarts.set(this.#starts);
    this.#kinds = wideKinds;
    this.#starts = wideStarts;
  }
}
