/** Everything in `docs/` that is printed from the code. */
import { catalogue } from '@tributary/facts';
import { contractFiles } from './contract-files';
import { factsPage } from './facts-page';
import { type PrintedFile } from './markdown';
import { rulePages } from './rule-pages';
import { settingsPage } from './settings-page';

/** Folders that hold printed files and nothing else: what is there and is not printed any more is to be deleted. */
export const printedFolders = ['docs/rules', 'docs/generated/schemas'] as const;

/** `read` gives the text of a file of the repository. */
export function printedFiles(read: (path: string) => string): PrintedFile[] {
  return [factsPage(catalogue), settingsPage(read), ...contractFiles(read), ...rulePages()];
}
