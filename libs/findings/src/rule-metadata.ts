/** What a report tells about the rules that fired, so that whoever renders it needs no rule pack. */
import { severities } from '@tributary/facts';
import { z } from 'zod';
import { type Bilingual } from './finding';
import { type RuleDescription } from './rule';

const textLengthMax = 4_000;

/** A foreign worker may say it in one language. */
export const SaidText = z.union([z.string().max(textLengthMax), z.looseObject({ en: z.string().max(textLengthMax), zh: z.string().max(textLengthMax) })]);
export type SaidText = string | Bilingual;

export const RuleMetadata = z.looseObject({
  id: z.string().min(1).max(200),
  title: SaidText.optional(),
  why: SaidText.optional(),
  severity: z.enum(severities).optional(),
  source: z.string().max(textLengthMax).optional(),
});
export type RuleMetadata = z.infer<typeof RuleMetadata>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a rule looks at does not matter here
export function describeRule({ id, title, why, severity, source }: RuleDescription<any>): RuleMetadata {
  return { id, title: { ...title }, why: { ...why }, severity, source };
}
