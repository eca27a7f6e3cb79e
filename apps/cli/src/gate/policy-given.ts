/** What `--policy` means to an upload: JSON, a file, or the id of a policy. */
import { existsSync } from 'node:fs';
import { CommandFailure } from '../failure';
import { type Invocation } from '../invocation';
import { localText } from '../local-file';

/** As the API takes it: an id or a JSON text. */
export async function policyGiven(invocation: Invocation): Promise<string | undefined> {
  const given = invocation.option('policy');
  if (given === undefined || given.trimStart().startsWith('{')) return given;
  if (!/\.(ya?ml|json)$/i.test(given) && !/[/\\]/.test(given)) return given;
  if (!existsSync(invocation.pathOf(given))) throw new CommandFailure('FILE_NOT_FOUND', 'fileMissing', { file: given });
  return JSON.stringify(await policyDocumentIn(invocation, given));
}

/** The value of a YAML or JSON file. */
export async function policyDocumentIn(invocation: Invocation, file: string): Promise<unknown> {
  const text = await localText(invocation, file);
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new CommandFailure('INVALID_FILE', 'policyFileInvalid', { file, why: error.message.split('\n')[0] ?? error.code });
  return document.toJS() as unknown;
}
