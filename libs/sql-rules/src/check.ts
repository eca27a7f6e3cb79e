/** Walks a file once and hands what it meets to the rules that asked for it. Pure and total: any text has an answer. */
import {
  assembleFindings,
  readSuppression,
  secretsIn,
  settingsOf,
  severityOf,
  suppress,
  type ActiveRule,
  type Complaint,
  type Finding,
  type Profile,
  type Raised,
  type Suppression,
} from '@tributary/findings';
import { sqlRules } from './catalogue';
import { detectDialect, type SqlDialect } from './dialect';
import { lex } from './lexing/lex';
import { kinds, type Kind } from './lexing/tokens';
import { statementsOf } from './parsing/split';
import { type Statement } from './parsing/statement';
import { Places, withoutLayout } from './place';
import { type NodeKind, type Nodes, type RuleContext, type Said, type SqlRule } from './rule';

/** More findings in one file help nobody. */
export const findingsPerFileMax = 2_000;
const suppressionsMax = 500;
/** One rule may fill no more than this of a file's findings; then it is only counted, and soon not even that. */
const complaintsPerRuleMax = 200;
const countedPerRuleMax = 2_000;

export interface SqlInput {
  readonly path: string;
  /** Decoded, without a byte order mark if possible. */
  readonly text: string;
  readonly profile?: Profile;
  /** RFC 3339. */
  readonly uploadedAt?: string;
  /** Default: guessed by path and text. */
  readonly dialect?: SqlDialect;
}

export interface SqlOutcome {
  readonly findings: Finding[];
  /** What a comment in the file overruled. */
  readonly suppressed: Finding[];
  readonly statements: number;
  /** Findings beyond the bounds of a file, at least. */
  readonly omitted: number;
}

/** What `profile` gets wrong is known from `profileSchema(sqlRules)`; here a faulty setting has no effect. */
export function checkSql(input: SqlInput): SqlOutcome {
  const walk = new Walk(input);
  const { raised, statements, suppressions, omitted } = walk.run();
  const assembled = assembleFindings(input.path, raised, secretsIn(input.text));
  const all = assembled.slice(0, findingsPerFileMax);
  const { findings, suppressed } = suppress(all, suppressions);
  return { findings, suppressed: suppressed.map(({ finding }) => finding), statements, omitted: omitted + assembled.length - all.length };
}

interface Runner {
  readonly active: ActiveRule<SqlRule>;
  readonly context: RuleContext<never>;
  complaints: number;
}

class Walk {
  readonly #input: SqlInput;
  readonly #dialect: SqlDialect;
  readonly #places: Places;
  readonly #raised: Raised[] = [];
  #omitted = 0;
  readonly #runners = new Map<NodeKind, Runner[]>();
  readonly #words = new Map<string, Runner[]>();
  /** Ordinals of statements that a syntax rule has spoken about. */
  readonly #broken = new Set<number>();
  /** The lines where statements begin, with those where they end. */
  readonly #reach = new Map<number, number>();

  constructor(input: SqlInput) {
    this.#input = input;
    this.#dialect = input.dialect ?? detectDialect(input.path, input.text);
    this.#places = new Places(input.text);
    for (const active of settingsOf(sqlRules, input.profile ?? {}).active) this.#enlist(active);
  }

  run(): { readonly raised: readonly Raised[]; readonly statements: number; readonly suppressions: readonly Suppression[]; readonly omitted: number } {
    const lexed = lex(this.#input.text, this.#dialect);
    let statements = 0;
    for (const statement of statementsOf(lexed)) {
      statements += 1;
      this.#reach.set(this.#places.lineOf(statement.start), this.#places.lineOf(Math.max(statement.start, statement.end - 1)));
      this.#statement(statement);
    }
    const suppressions: Suppression[] = [];
    for (let index = 0; index < lexed.count; index++) {
      const kind = lexed.kinds[index] as Kind;
      if (kind !== kinds.comment && kind !== kinds.fullwidth) continue;
      const [start, end] = [lexed.starts[index] ?? 0, lexed.starts[index + 1] ?? 0];
      const node = { text: this.#input.text, start, end };
      this.#visit(kind === kinds.comment ? 'comment' : 'fullwidth', node);
      if (kind === kinds.comment && suppressions.length < suppressionsMax) suppressions.push(...this.#suppression(start, end));
    }
    this.#visit('file', { lexed, statements });
    return { raised: this.#raised, statements, suppressions, omitted: this.#omitted };
  }

  #enlist(active: ActiveRule<SqlRule>): void {
    const { rule } = active;
    if (rule.dialects && !rule.dialects.includes(this.#dialect)) return;
    const { path, uploadedAt } = this.#input;
    const context = {
      options: active.options,
      dialect: this.#dialect,
      path,
      uploadedAt,
      complain: (said: Said) => this.#complaint(said),
    } as RuleContext<never>;
    const runner: Runner = { active, context, complaints: 0 };
    add(this.#runners, rule.visits, runner);
    for (const word of rule.words ?? []) add(this.#words, word, runner);
  }

  #statement(statement: Statement): void {
    this.#visit('statement', statement, statement);
    for (const block of statement.blocks) {
      this.#visit('query', block, statement);
      for (const join of block.joins) this.#visit('join', join, statement);
    }
    for (let at = 0; at < statement.tokens.length; at++) {
      const { kind, upper } = statement.tokens[at] ?? { kind: kinds.unknown, upper: '' };
      if (kind === kinds.string) this.#visit('string', { statement, at }, statement);
      const runners = upper === '' ? undefined : this.#words.get(upper);
      for (const runner of runners ?? []) this.#ask(runner, { statement, at } as never, statement);
    }
  }

  #visit<Kind extends NodeKind>(kind: Kind, node: Nodes[Kind], statement?: Statement): void {
    for (const runner of this.#runners.get(kind) ?? []) this.#ask(runner, node as never, statement);
  }

  #ask(runner: Runner, node: never, statement: Statement | undefined): void {
    const { rule } = runner.active;
    if (runner.complaints >= countedPerRuleMax) return;
    for (const complaint of rule.check(node, runner.context)) {
      if (rule.syntax && statement) {
        if (this.#broken.has(statement.ordinal)) return;
        this.#broken.add(statement.ordinal);
      }
      runner.complaints += 1;
      if (runner.complaints > complaintsPerRuleMax) this.#omitted += 1;
      else this.#raised.push({ ruleId: rule.id, severity: severityOf(runner.active, complaint.severity), complaint });
      if (runner.complaints >= countedPerRuleMax) return;
    }
  }

  #complaint({ message, at, evidence = this.#places.evidence(at), identity = withoutLayout(evidence), fix, severity }: Said): Complaint {
    const location = { range: this.#places.range(at) };
    return { message, location, evidence, identity, ...(fix ? { fix } : {}), ...(severity ? { severity } : {}) };
  }

  #suppression(start: number, end: number): Suppression[] {
    const read = readSuppression(this.#input.text.slice(start, Math.min(end, start + 2_000)));
    if (!read) return [];
    const line = this.#places.lineOf(start);
    const alone = this.#input.text.slice(this.#input.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    if (!alone) return [{ line, from: line, to: line, ...read }];
    const next = this.#nextStatement(this.#places.lineOf(Math.max(start, end - 1)));
    return [{ line, from: line, to: next, ...read }];
  }

  /** The last line of what begins behind a comment that stands alone. */
  #nextStatement(line: number): number {
    for (const [from, to] of this.#reach) if (from > line) return to;
    return line + 1;
  }
}

function add<Key>(lists: Map<Key, Runner[]>, key: Key, runner: Runner): void {
  const list = lists.get(key);
  if (list) list.push(runner);
  else lists.set(key, [runner]);
}
