/** Lints texts as if they stood in files that exist, with the project's own ESLint configuration. In: [{ path, text }] as JSON; out: what was said about each. */
import { readFileSync } from 'node:fs';
import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';
import { ESLint } from 'eslint';

// Without a graph of the projects Nx judges nothing.
try {
  readCachedProjectGraph();
} catch {
  await createProjectGraphAsync();
}

const eslint = new ESLint();
const said = [];
for (const { path, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(text, { filePath: path });
  said.push(result.messages.map(({ ruleId, message }) => `${ruleId ?? 'fatal'}: ${message}`));
}
process.stdout.write(JSON.stringify(said));
