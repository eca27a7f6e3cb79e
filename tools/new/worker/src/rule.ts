/** The shape of a rule of this worker: it sees the lines of one file. */
import { type Complaint, type RuleDescription } from '@tributary/findings';
import { type z } from 'zod';

export interface LineRule<Options extends z.ZodType = z.ZodType> extends RuleDescription<string, Options> {
  /** `options` went through the rule's own schema. */
  check(lines: readonly string[], options: z.output<Options>): Iterable<Complaint>;
}

/** Lets a rule have typed options and still stand in a list with the others. */
export function defineRule<Options extends z.ZodType>(rule: LineRule<Options>): LineRule {
  return rule;
}
