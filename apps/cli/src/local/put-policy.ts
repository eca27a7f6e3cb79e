/** `tributary policy put` */
import { ApiProblem } from '@tributary/api-client';
import { type Invocation } from '../invocation';
import { localText } from '../local-file';
import { checkPolicyText, PolicyFile } from './policy-file';
import { faultLines } from './check-policy';

/** What is wrong is found here, with its place in the file, before anybody is asked. */
export async function putPolicy(invocation: Invocation): Promise<number> {
  const [id, file] = [invocation.argument(0), invocation.argument(1)];
  const text = await localText(invocation, file);
  const checked = checkPolicyText(text, invocation.language);
  if (checked.errors.length > 0) {
    if (invocation.json) invocation.printJson({ valid: false, errors: checked.errors, warnings: checked.warnings });
    else invocation.print(...faultLines(checked, file, invocation));
    return 1;
  }
  const { signal } = invocation;
  const policy = new PolicyFile(text);
  try {
    const published = await invocation.client().putPolicy(id, policy.value, { ifMatch: invocation.option('ifMatch'), signal });
    if (invocation.json) invocation.printJson(published);
    else invocation.print(invocation.text('policyPut', { id: published.id, revision: published.revision }));
    for (const line of faultLines({ errors: [], warnings: checked.warnings }, file, invocation)) invocation.note(line);
    return 0;
  } catch (error) {
    // A server that knows more than we do points into the document; people look into the file.
    if (error instanceof ApiProblem && !invocation.json) {
      const placed = (error.problem.errors ?? []).flatMap(({ pointer, code, message, line, column }) =>
        pointer === undefined ? [] : [policy.placed(pointer, code, message, line, column)],
      );
      for (const line of faultLines({ errors: placed, warnings: [] }, file, invocation)) invocation.warn(line);
    }
    throw error;
  }
}
