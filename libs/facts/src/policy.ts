/** A gate policy: the windows of a task, the rows before the decision table, the budgets of its package. Frozen whole into `ZipUploaded`. */
import { z } from 'zod';
import { limits } from './limits';
import { Name } from './fields';

const hours = 3_600_000;
const DurationMs = z
  .number()
  .int()
  .min(0)
  .max(366 * 24 * hours);

export const PolicyRow = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
  when: z.string().min(1).max(limits.expressionLengthMax),
  status: z.enum(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED']),
});
export type PolicyRow = z.infer<typeof PolicyRow>;

/** How much of a package is read; the same for every worker of a task. Sizes in bytes. */
export const Budgets = z.strictObject({
  packageBytes: z
    .number()
    .int()
    .positive()
    .default(2 * 1024 ** 3),
  entries: z.number().int().positive().max(1_000_000).default(50_000),
  entryBytes: z
    .number()
    .int()
    .positive()
    .default(512 * 1024 ** 2),
  inflatedBytes: z
    .number()
    .int()
    .positive()
    .default(8 * 1024 ** 3),
  ratio: z.number().positive().default(200),
  nesting: z.number().int().min(0).max(8).default(1),
  pathBytes: z.number().int().positive().max(65_535).default(1_024),
  depth: z.number().int().positive().max(1_024).default(32),
});
export type Budgets = z.infer<typeof Budgets>;

const windows = {
  participationMs: DurationMs.default(10_000),
  gapMs: DurationMs.default(2_000),
  deadlineMs: DurationMs.min(1).default(30 * 60_000),
  graceMs: DurationMs.default(24 * hours),
  late: z.enum(['record', 'amend']).default('record'),
  rules: z.array(PolicyRow).max(limits.policyRowsMax).default([]),
};

/** What a person writes: inline at an upload, or under an id. Unknown fields are refused. */
export const PolicyDocument = z
  .strictObject({ ...windows, budgets: Budgets.default(Budgets.parse({})) })
  .refine((policy) => policy.participationMs <= policy.deadlineMs, {
    path: ['participationMs'],
    message: 'participation must not be longer than the deadline',
  })
  .refine((policy) => new Set(policy.rules.map(({ id }) => id)).size === policy.rules.length, {
    path: ['rules'],
    message: 'two rows have the same id',
  });
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** A policy as it is frozen into a task. */
export const PolicySnapshot = z.looseObject({
  id: Name,
  revision: z.number().int().min(0),
  ...windows,
  budgets: z.looseObject(Budgets.shape).default(Budgets.parse({})),
});
export type PolicySnapshot = z.infer<typeof PolicySnapshot>;

/** The policies that exist without anybody publishing them. */
export const builtInPolicies: Readonly<Record<string, PolicySnapshot>> = {
  default: PolicySnapshot.parse({ id: 'default', revision: 0 }),
  fast: PolicySnapshot.parse({ id: 'fast', revision: 0, participationMs: 2_000, gapMs: 500 }),
};
export const defaultPolicy = PolicySnapshot.parse({ id: 'default', revision: 0 });
