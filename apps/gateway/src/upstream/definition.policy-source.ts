/** Named policies, asked of the definition service: an id that was just put is known at once. */
import { PolicySnapshot } from '@tributary/facts';
import { type PolicySource } from '../upload/policy-source';
import { type Upstream } from './upstream';

export class DefinitionPolicySource implements PolicySource {
  constructor(private readonly definition: Upstream) {}

  async find(id: string): Promise<PolicySnapshot | undefined> {
    const { status, body } = await this.definition.json(`/internal/policies/${encodeURIComponent(id)}`);
    if (status === 404) return undefined;
    const snapshot = PolicySnapshot.safeParse(body);
    if (status === 200 && snapshot.success) return snapshot.data;
    throw this.definition.problem(new Error(`the definition service answered ${status} for a policy`));
  }
}
