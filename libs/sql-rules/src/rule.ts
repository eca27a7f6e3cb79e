/** What a SQL rule is: a description, what it wants to be shown, and what it says about it. */
import { type Bilingual, type Complaint, type RuleDescription } from '@tributary/findings';
import { type Severity } from '@tributary/facts';
import { type z } from 'zod';
import { type SqlDialect } from './dialect';
import { type Lexed } from './lexing/tokens';
import { type Join, type QueryBlock, type Span, type Statement } from './parsing/statement';

/** A word or a token of a statement, by its index. */
export interface TokenNode {
  readonly statement: Statement;
  readonly at: number;
}

/** A stretch of the file outside of statements. */
export interface TextNode extends Span {
  readonly text: string;
}

export interface FileNode {
  readonly lexed: Lexed;
  readonly statements: number;
}

/** What the engine can show to a rule. */
export interface Nodes {
  readonly file: FileNode;
  readonly statement: Statement;
  readonly query: QueryBlock;
  readonly join: Join;
  /** Only the words that the rule names in `words`. */
  readonly word: TokenNode;
  readonly string: TokenNode;
  readonly fullwidth: TextNode;
  readonly comment: TextNode;
}
export type NodeKind = keyof Nodes;

export interface Said {
  readonly message: Bilingual;
  readonly at: Span;
  /** Default: the text at the place, or its whole line where that says too little. */
  readonly evidence?: string;
  /** Default: the evidence without its layout. */
  readonly identity?: string;
  readonly fix?: Bilingual;
  readonly severity?: Severity;
}

export interface RuleContext<Options> {
  readonly options: Options;
  readonly dialect: SqlDialect;
  readonly path: string;
  /** RFC 3339, when the package was uploaded. Rules never read the clock. */
  readonly uploadedAt: string | undefined;
  readonly complain: (said: Said) => Complaint;
}

export interface SqlRule extends RuleDescription<string> {
  readonly visits: NodeKind;
  /** Upper case, for rules that visit words. */
  readonly words?: readonly string[];
  /** Of these rules only the first complaint about a statement is told: the rest follows from it. */
  readonly syntax?: boolean;
  readonly dialects?: readonly SqlDialect[];
  readonly check: (node: never, context: RuleContext<never>) => Iterable<Complaint>;
}

type Typed<Kind extends NodeKind, Options extends z.ZodType> = Omit<SqlRule, 'visits' | 'check' | 'options' | 'enabledByDefault'> & {
  readonly visits: Kind;
  readonly options: Options;
  readonly enabledByDefault?: boolean;
  readonly check: (node: Nodes[Kind], context: RuleContext<z.output<Options>>) => Iterable<Complaint>;
};

/** On by default unless it says otherwise. */
export function defineRule<Kind extends NodeKind, Options extends z.ZodType>(rule: Typed<Kind, Options>): SqlRule {
  return { enabledByDefault: true, ...rule };
}
