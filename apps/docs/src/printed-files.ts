/** Everything in `docs/` that is printed from the code. */
import { catalogue } from '@tributary/facts';
import { cliPage } from './cli-page';
import { contractFiles } from './contract-files';
import { factsPage } from './facts-page';
import { architecturePage } from './layer-table';
import { type PrintedFile } from './markdown';
import { type Repository } from './repository';
import { rulePages } from './rule-pages';
import { settingsPage } from './settings-page';
import { tracePicture } from './trace-picture';
import { workersPage } from './workers-page';

/** Folders that hold printed files and nothing else: what is there and is not printed any more is to be deleted. */
export const printedFolders = ['docs/rules', 'docs/generated/schemas'] as const;

export async function printedFiles(repository: Repository): Promise<PrintedFile[]> {
  const { read } = repository;
  return [
    factsPage(catalogue),
    architecturePage(repository),
    settingsPage(read),
    cliPage(),
    await workersPage(read),
    tracePicture(read),
    ...contractFiles(read),
    ...rulePages(),
  ];
}
