/**
 * The shape of a rule: one rule, one file, named after what it flags. Its examples run as tests and are printed on its page.
 * Rule packs (`sql-rules`, `excel-rules`, `wedata-rules`) extend it with what their rules look at.
 */
import { type Severity } from '@tributary/facts';
import { type z } from 'zod';
import { type Bilingual, type Location } from './finding';

/** A rule's example: a small file of the pack's format, or for workbooks and JSON a value that the pack turns into one. */
export interface Example<Source> {
  readonly source: Source;
  /** What it shows, when the source does not say it itself. */
  readonly note?: string;
}

export interface RuleDescription<Source, Options extends z.ZodType = z.ZodType> {
  /** Stable, kebab-case, prefixed by the pack: `sql/unbounded-write`. */
  readonly id: string;
  readonly title: Bilingual;
  /** Why it matters to whoever runs this in production. */
  readonly why: Bilingual;
  readonly severity: Severity;
  /** On without anybody asking for it. */
  readonly enabledByDefault: boolean;
  /** Strict zod object with a default for every option. */
  readonly options: Options;
  readonly examples: { readonly flagged: readonly Example<Source>[]; readonly accepted: readonly Example<Source>[] };
  /** Where the idea comes from: a document, a tool's rule, an incident. */
  readonly source: string;
}

/** What a rule says about one place; the engine adds rule id, severity and fingerprint. */
export interface Complaint {
  readonly message: Bilingual;
  readonly location: Omit<Location, 'path'>;
  /** Raw offending text; the engine masks secrets and cuts it. */
  readonly evidence?: string;
  readonly fix?: Bilingual;
  /**
   * What identifies the fault without its position, such as the normalised statement, or task name + field.
   * Two faults with the same identity in one file get distinct fingerprints by their order.
   */
  readonly identity: string;
  /** Instead of the rule's own severity. */
  readonly severity?: Severity;
}

/** What a user may set for one rule in a profile. */
export interface RuleSetting {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Settings by rule id. */
export type Profile = Readonly<Record<string, RuleSetting>>;
