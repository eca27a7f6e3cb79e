/** A policy has a new revision. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name } from '../fields';
import { PolicySnapshot } from '../policy';

export const PolicyPublished = defineFact({
  name: 'PolicyPublished',
  topic: 'definition.facts',
  aggregate: 'Policy',
  publisher: 'definition',
  says: 'A gate policy has a new revision.',
  schema: z.looseObject({ policyId: Name, revision: z.number().int().min(1), policy: PolicySnapshot }),
});
export type PolicyPublished = FactOf<typeof PolicyPublished>;
