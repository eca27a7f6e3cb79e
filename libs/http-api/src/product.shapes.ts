/** A product's versions and what differs between two of them. */
import { taskStatuses } from '@tributary/facts';
import { z } from 'zod';
import { findingShape } from './task.shapes';

const findings = z.array(findingShape);

export const productVersionShape = z.object({ version: z.string(), taskId: z.uuid(), status: z.enum(taskStatuses) });
export const comparisonShape = z.object({ new: findings, fixed: findings, unchanged: findings });

export type ProductVersion = z.infer<typeof productVersionShape>;
export type Comparison = z.infer<typeof comparisonShape>;
