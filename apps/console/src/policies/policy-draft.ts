/** A policy while somebody edits it: what is sent, and what is wrong with it and where. Pure. */
import { checkPolicy, type PolicyFault } from '@tributary/convergence';
import { PolicyDocument, PolicyRow } from '@tributary/facts';
import { type Policy, type ProblemDocument } from '@tributary/http-api';
import { type Language } from '../texts/language';

export const windowNames = ['participationMs', 'gapMs', 'deadlineMs', 'graceMs'] as const;
export type WindowName = (typeof windowNames)[number];
export const budgetNames = ['packageBytes', 'entries', 'entryBytes', 'inflatedBytes', 'ratio', 'nesting', 'pathBytes', 'depth'] as const;
export type PolicyDraft = PolicyDocument;

export interface DraftFault {
  /** RFC 6901 into the document. */
  readonly pointer: string;
  readonly message: string;
  /** In the expression, from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface CheckedDraft {
  readonly errors: readonly DraftFault[];
  readonly warnings: readonly DraftFault[];
}

/** What a person may change of it; who published it and when stays behind. */
export function draftOf(policy: Policy): PolicyDraft {
  const { participationMs, gapMs, deadlineMs, graceMs, late, rules, budgets } = policy;
  return { participationMs, gapMs, deadlineMs, graceMs, late, rules, budgets };
}

export const emptyDraft: PolicyDraft = PolicyDocument.parse({});

/** The same judgement as the server's, before anything is sent. Rows that are not written yet are told plainly. */
export function checkDraft(draft: PolicyDraft, language: Language, words: Readonly<Record<'invalid' | 'rowId' | 'rowWhen' | 'windows', string>>): CheckedDraft {
  const parsed = PolicyDocument.safeParse(draft);
  const shape = parsed.success ? [] : parsed.error.issues.map(({ path }) => shapeFault(path.map(String), words));
  const written = draft.rules.map((row) => (PolicyRow.shape.when.safeParse(row.when).success ? row : { ...row, when: 'true' }));
  const { errors, warnings } = checkPolicy(written);
  const told = ({ pointer, message, line, column }: PolicyFault): DraftFault => ({ pointer, message: message[language], line, column });
  const rows = errors.filter(({ pointer }) => !shape.some((fault) => fault.pointer === pointer));
  return { errors: [...shape, ...rows.map(told)], warnings: shape.length > 0 ? [] : warnings.map(told) };
}

/** What the server says is wrong, in the same form. */
export function faultsIn({ errors = [] }: Pick<ProblemDocument, 'errors'>): readonly DraftFault[] {
  return errors.map(({ pointer = '', message, line, column }) => ({ pointer, message, line, column }));
}

function shapeFault(path: readonly string[], words: Readonly<Record<'invalid' | 'rowId' | 'rowWhen' | 'windows', string>>): DraftFault {
  const pointer = `/${path.join('/')}`;
  const last = path.at(-1);
  if (pointer === '/participationMs') return { pointer, message: words.windows };
  if (path[0] === 'rules' && (last === 'id' || last === 'when')) return { pointer, message: last === 'id' ? words.rowId : words.rowWhen };
  return { pointer, message: words.invalid };
}
