/** One run of a command: what was given, whom it talks to, how it speaks. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiClient } from '@tributary/api-client';
import { asTyped, calledAs } from './called-as';
import { CommandFailure } from './failure';
import { type Language } from './language';
import { type Style, styleOf, wantsColours } from './style';
import { type TextKey, textIn, type TextValues } from './texts';
import { type World } from './world';

export type OptionValue = string | boolean | readonly string[] | undefined;

export interface Given {
  readonly words: readonly string[];
  readonly arguments: readonly (string | undefined)[];
  readonly options: Readonly<Record<string, OptionValue>>;
}

const defaultUrl = 'http://127.0.0.1:8080';

export class Invocation {
  /** For what goes to stdout. */
  readonly style: Style;
  /** For what goes to stderr. */
  readonly aside: Style;

  constructor(
    readonly world: World,
    readonly given: Given,
    readonly language: Language,
    /** Aborted by Ctrl-C. */
    readonly signal: AbortSignal,
  ) {
    this.style = styleOf(wantsColours(world.environment, world.stdout.isTTY));
    this.aside = styleOf(wantsColours(world.environment, world.stderr.isTTY));
  }

  get json(): boolean {
    return this.given.options['json'] === true;
  }

  get quiet(): boolean {
    return this.given.options['quiet'] === true;
  }

  /** Progress may be drawn over itself. */
  get live(): boolean {
    return this.world.stderr.isTTY === true && !this.quiet && !this.json && this.world.environment['TERM'] !== 'dumb';
  }

  get columns(): number {
    return Math.max(40, this.world.stdout.columns ?? 100);
  }

  argument(index: number): string {
    return this.given.arguments[index] ?? '';
  }

  option(key: string): string | undefined {
    const value = this.given.options[key];
    return typeof value === 'string' ? value : undefined;
  }

  switch(key: string): boolean {
    return this.given.options[key] === true;
  }

  options(key: string): readonly string[] {
    const value = this.given.options[key];
    return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
  }

  /** May be taken out of its object. */
  readonly text = (key: TextKey, values: TextValues = {}): string => textIn(this.language, key, { tributary: calledAs(this.world.environment), ...values });

  /** A result. */
  print(...lines: readonly string[]): void {
    if (lines.length > 0) this.world.stdout.write(`${lines.join('\n')}\n`);
  }

  /** The one document of `--json`, or a line of a stream. */
  printJson(value: unknown, form: 'document' | 'line' = 'document'): void {
    this.world.stdout.write(`${JSON.stringify(value, null, form === 'line' ? undefined : 2)}\n`);
  }

  /** What is good to know while it runs; `--quiet` and `--json` leave it out. */
  note(line: string): void {
    if (!this.quiet && !this.json) this.world.stderr.write(`${line}\n`);
  }

  /** What has to be known in any case. */
  warn(line: string): void {
    this.world.stderr.write(`${line}\n`);
  }

  pathOf(file: string): string {
    return resolve(this.world.cwd, file);
  }

  get url(): string {
    return serverUrl(this.option('url') ?? this.world.environment['TRIBUTARY_URL'] ?? defaultUrl);
  }

  get token(): string | undefined {
    const file = this.option('tokenFile') ?? this.world.environment['TRIBUTARY_TOKEN_FILE'];
    const given = this.option('token') ?? (file === undefined ? this.world.environment['TRIBUTARY_TOKEN'] : this.#tokenIn(file));
    return given === undefined || given === '' ? undefined : given;
  }

  client(): ApiClient {
    const token = this.token;
    return new ApiClient({ baseUrl: this.url, token: () => token, language: () => this.language, pace: this.world.pace });
  }

  /** How a command of ours is to be typed, with what was said about the server. */
  commandLine(...words: readonly string[]): string {
    const url = this.option('url');
    return asTyped(['tributary', ...words, ...(url === undefined ? [] : ['--url', url])].join(' '), this.world.environment);
  }

  /** Where the console shows a task. */
  pageOf(taskId: string): string {
    return `${this.url}/tasks/${taskId}`;
  }

  #tokenIn(file: string): string {
    try {
      return readFileSync(this.pathOf(file), 'utf8').trim();
    } catch (error) {
      throw new CommandFailure('TOKEN_FILE_UNREADABLE', 'tokenFileUnreadable', { file, why: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }
}

/** `localhost:8080` is meant as `http://localhost:8080`. */
function serverUrl(given: string): string {
  const text = /^[a-z]+:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw new CommandFailure('INVALID_URL', 'invalidUrl', { url: given });
}
