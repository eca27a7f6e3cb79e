/** The shape of a rule about workbooks. */
import { type Complaint, type RuleDescription } from '@tributary/findings';
import { type z } from 'zod';
import { type Book } from './book/book';
import { type Sketch } from './sketch';

export interface ExcelRule<Options extends z.ZodType = z.ZodType> extends RuleDescription<Sketch, Options> {
  /** `options` went through the rule's own schema. */
  check(book: Book, options: z.output<Options>): Iterable<Complaint>;
}

/** Lets a rule have typed options and still stand in a list with the others. */
export function defineRule<Options extends z.ZodType>(rule: ExcelRule<Options>): ExcelRule {
  return rule;
}
