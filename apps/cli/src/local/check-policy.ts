/** `tributary policy check` */
import { type Invocation } from '../invocation';
import { localText } from '../local-file';
import { plain } from '../style';
import { type CheckedFile, checkPolicyText, type PlacedFault } from './policy-file';

/** 0: it can be published. 1: it cannot. Warnings change nothing. */
export async function checkPolicyFile(invocation: Invocation): Promise<number> {
  const file = invocation.argument(0);
  const checked = checkPolicyText(await localText(invocation, file), invocation.language);
  const { policy, errors, warnings } = checked;
  if (invocation.json) invocation.printJson({ valid: errors.length === 0, errors, warnings });
  else {
    invocation.print(...faultLines(checked, file, invocation));
    const sum = policy
      ? invocation.text('policyGood', { file, rules: policy.rules.length, s: policy.rules.length === 1 ? '' : 's' })
      : invocation.text('policyBad', { file, errors: errors.length, s: errors.length === 1 ? '' : 's' });
    if (!invocation.quiet) invocation.print(`${policy ? invocation.style('good', '✔') : invocation.style('bad', '✖')} ${sum}`);
  }
  return errors.length === 0 ? 0 : 1;
}

/** `strict.yaml:12:9: error ROW_ID_REPEATED ...`, as compilers do and editors find. */
export function faultLines({ errors, warnings }: Pick<CheckedFile, 'errors' | 'warnings'>, file: string, invocation: Invocation): string[] {
  const told = (faults: readonly PlacedFault[], kind: 'faultError' | 'faultWarning'): string[] =>
    faults.map(({ line, column, code, message }) => {
      const word = invocation.style(kind === 'faultError' ? 'bad' : 'fair', invocation.text(kind));
      return `${plain(file)}:${line}:${column}: ${word} ${plain(message)} ${invocation.style('dim', code)}`;
    });
  return [...told(errors, 'faultError'), ...told(warnings, 'faultWarning')];
}
