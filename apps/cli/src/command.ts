/** What a command is: data that the parser, the help, the completion and the documentation are made from. */
import { type Bilingual } from './language';
import { type Invocation } from './invocation';

export interface ArgumentDefinition {
  /** In capitals, as help shows it. */
  readonly name: string;
  readonly says: Bilingual;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
  /** For completion. */
  readonly isFile?: boolean;
}

export interface OptionDefinition {
  /** `--name` or `--name VALUE`, a short form before it: `-o, --output FILE`. */
  readonly flags: string;
  readonly says: Bilingual;
  readonly choices?: readonly string[];
  readonly default?: string;
  readonly repeatable?: boolean;
  readonly isFile?: boolean;
}

export interface Example {
  readonly run: string;
  readonly says: Bilingual;
}

export interface CommandDefinition {
  /** `['gate', 'upload']` */
  readonly words: readonly string[];
  readonly says: Bilingual;
  /** Paragraphs of the help, where one sentence is not enough. */
  readonly more?: readonly Bilingual[];
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  readonly examples: readonly Example[];
  /** What stands on stdout with `--json`; absent: the command has no results to print. */
  readonly json?: Bilingual;
  /** Answers the exit code. */
  readonly load: () => Promise<(invocation: Invocation) => Promise<number>>;
}

export interface GroupDefinition {
  readonly word: string;
  readonly says: Bilingual;
}

/** All there is, for what is printed from it. */
export interface CommandTree {
  readonly groups: readonly GroupDefinition[];
  readonly commands: readonly CommandDefinition[];
  /** The commands directly below a group, or all groups and single commands below nothing. */
  readonly below: (words: readonly string[]) => readonly (GroupDefinition & { readonly command?: CommandDefinition })[];
}

/** `--dry-run` of `-n, --dry-run`. */
export function longFlagOf({ flags }: Pick<OptionDefinition, 'flags'>): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

/** `dryRun`, under which the parser keeps it. */
export function keyOf(option: Pick<OptionDefinition, 'flags'>): string {
  return longFlagOf(option)
    .slice(2)
    .replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `FILE`, or nothing for a switch. */
export function valueNameOf({ flags }: Pick<OptionDefinition, 'flags'>): string | undefined {
  return / ([A-Z|]+)$/.exec(flags)?.[1];
}
