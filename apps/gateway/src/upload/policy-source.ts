/** Where a policy that an upload names comes from. */
import { builtInPolicies, type PolicySnapshot, PolicySnapshot as Snapshot } from '@tributary/facts';
import { type Fault, Problem } from '@tributary/service-kit';
import { type PolicyChoice } from './upload-fields';

export interface PolicySource {
  /** The newest revision; undefined when nobody published it. Rejects with a `Problem` (503) when nobody can be asked. */
  find(id: string): Promise<PolicySnapshot | undefined>;
}

/** The snapshot that is frozen into the task. Built-in and inline policies need nobody. Rejects with a `Problem`: 400 or 503. */
export async function resolvePolicy(choice: PolicyChoice, source: PolicySource): Promise<PolicySnapshot> {
  switch (choice.kind) {
    case 'default':
      return builtIn('default') ?? Snapshot.parse({ id: 'default', revision: 0 });
    case 'inline':
      return Snapshot.parse({ id: 'inline', revision: 0, ...choice.document });
    case 'named': {
      const found = builtIn(choice.id) ?? (await source.find(choice.id));
      if (found) return found;
      throw unknownPolicy(choice.id);
    }
  }
}

function builtIn(id: string): PolicySnapshot | undefined {
  return Object.hasOwn(builtInPolicies, id) ? builtInPolicies[id] : undefined;
}

function unknownPolicy(id: string): Problem {
  const message = { en: `nobody published a policy ${id}`, zh: `策略 ${id} 尚未发布` };
  const fault: Fault = { parameter: 'policy', code: 'UNKNOWN_POLICY', message };
  return new Problem(400, 'UNKNOWN_POLICY', { en: `There is no policy ${id}.`, zh: `策略 ${id} 不存在。` }, { errors: [fault] });
}
