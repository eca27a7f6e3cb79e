/** `npm run new -- worker|rule|fact|adr NAME`: makes a working one, with tests that pass and a page. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { adr, fact, rule, worker } from './new/generators.mjs';
import { inWords } from './new/language.mjs';
import { Refusal } from './new/names.mjs';
import { Tree } from './new/tree.mjs';

const generators = { worker, rule, fact, adr };

const help = inWords(
  `Makes a working one, with tests that pass and a page.

  npm run new -- worker NAME                     apps/NAME-worker: takes part where there are .NAME files, one rule;
                                                 npm start and npm run cluster start it from now on
  npm run new -- rule NAME --for sql|excel|wedata   a rule with examples that run as tests, and its page in docs/rules
      --in FOLDER                                of sql-rules: conditions, joins, reads, security, syntax, text, writes
  npm run new -- fact NAME                       a fact, version 1, with schema and examples: PackageScanned
      --topic gate|scan                          told by the platform (default) or by workers
  npm run new -- adr NAME                        the next decision, and its line in the map

  --help   this text
`,
  `生成可以直接运行的内容，带有能通过的测试和文档页面。

  npm run new -- worker NAME                     apps/NAME-worker：包里有 .NAME 文件时参与，自带一条规则；
                                                 此后由 npm start 和 npm run cluster 启动
  npm run new -- rule NAME --for sql|excel|wedata   一条规则，示例即测试，页面在 docs/rules 中
      --in FOLDER                                sql-rules 的文件夹：conditions, joins, reads, security, syntax, text, writes
  npm run new -- fact NAME                       一个事实的第 1 版，带 schema 和示例：PackageScanned
      --topic gate|scan                          由平台陈述（默认）或由工作器陈述
  npm run new -- adr NAME                        下一个决策，并加入目录

  --help   显示本说明
`,
);

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function main(argv) {
  const { values, positionals } = read(argv);
  const [kind, name, ...more] = positionals;
  if (values.help || kind === undefined) {
    process.stdout.write(help);
    if (!values.help) process.exitCode = 2;
    return;
  }
  if (!Object.hasOwn(generators, kind))
    throw new Refusal(
      `"${kind}" is none of ${Object.keys(generators).join(', ')}. See npm run new -- --help`,
      `“${kind}”无效，可选 ${Object.keys(generators).join('、')}。参见 npm run new -- --help`,
    );
  if (name === undefined) throw new Refusal(`What is the ${kind} called? npm run new -- ${kind} NAME`, `请给出名称：npm run new -- ${kind} NAME`);
  if (more.length > 0) throw new Refusal(`One name at a time: "${more.join(' ')}" is one too many.`, `一次只能有一个名称：“${more.join(' ')}”是多余的。`);
  const tree = new Tree(root);
  const { docs, tests, next } = generators[kind](tree, name, values);
  const written = tree.write();
  node([join('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--write', '--log-level=warn', ...written.filter((path) => path.endsWith('.ts'))]);
  if (docs) node([join('tools', 'docs.mjs')]);
  process.stdout.write(
    [...written.map((path) => `  ${path}`), '', ...tests.map((test) => `${inWords('Its tests:', '测试：')}  ${test}`), ...next, ''].join('\n'),
  );
}

function read(argv) {
  try {
    const text = { type: 'string' };
    return parseArgs({ args: argv, allowPositionals: true, options: { help: { type: 'boolean' }, for: text, in: text, topic: text } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${message}\nSee npm run new -- --help`, `${message}\n参见 npm run new -- --help`);
  }
}

/** What was written stays when this fails: then the code is there, and its page is not. */
function node(argv) {
  if (argv.at(-1) === '--log-level=warn') return;
  const run = spawnSync(process.execPath, argv, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0)
    throw new Refusal(`What is new is written, but "node ${argv[0]}" failed: see above.`, `内容已写入，但“node ${argv[0]}”失败，请看上面的输出。`);
}
