/** A product's versions and what differs between two of them. */
import { Instant, taskStatuses } from '@tributary/facts';
import { z } from 'zod';
import { findingShape } from './task.shapes';

const findings = z.array(findingShape);

/** Of a version: its latest task. */
export const productVersionShape = z.object({ version: z.string(), taskId: z.uuid(), status: z.enum(taskStatuses), createdAt: Instant });
/** `versions` is how many there are, counted up to 100. */
export const productShape = z.object({ product: z.string(), versions: z.number().int(), latest: productVersionShape });
export const comparisonShape = z.object({ new: findings, fixed: findings, unchanged: findings });

export type Product = z.infer<typeof productShape>;
export type ProductVersion = z.infer<typeof productVersionShape>;
export type Comparison = z.infer<typeof comparisonShape>;
