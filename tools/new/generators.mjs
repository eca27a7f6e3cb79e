/** What `npm run new` can make: for each kind, what it takes, what it writes, and what to do next. */
import { inWords } from './language.mjs';
import { capital, factName, filledIn, kebabName, kebabOf, Refusal, waysOf } from './names.mjs';

const packs = {
  sql: { folders: ['conditions', 'joins', 'reads', 'security', 'syntax', 'text', 'writes'], folder: 'text', list: 'catalogue.ts' },
  excel: { folders: ['rules'], folder: 'rules', list: 'rules/index.ts' },
  wedata: { folders: ['rules'], folder: 'rules', list: 'rules/index.ts' },
};

/** An entry of a list of names, such as `  selectStar,`. */
const entry = /^ {2}\w+,$/;
const jest = (project) => `TRIBUTARY_TIER=unit npx jest --rootDir=${project} --config=jest.config.mjs`;

export function worker(tree, given) {
  const name = kebabName('worker', given.replace(/-worker$/, ''));
  const app = `apps/${name}-worker`;
  if (tree.has(app)) throw new Refusal(`There is a ${name} worker already: ${app}.`, `${name} 工作器已存在：${app}。`);
  const ways = waysOf(name);
  const taken = tree.names('apps').find((other) => other.endsWith('-worker') && other.replaceAll('-', '') === `${name}worker`.replaceAll('-', ''));
  if (taken) throw new Refusal(`apps/${taken} is called nearly the same: take another name.`, `apps/${taken} 的名称几乎相同，请换一个名称。`);
  for (const path of tree.below('tools/new/worker')) tree.create(`${app}/${filledIn(path, ways)}`, filledIn(tree.read(`tools/new/worker/${path}`), ways));
  tree.insertBefore(
    'tsconfig.base.json',
    '      "@tributary/excel-worker": [',
    `      "@tributary/${name}-worker": [\n        "./${app}/src/index.ts"\n      ],\n`,
  );
  tree.insertSorted(
    'libs/lineup/src/index.ts',
    /^import .* from '@tributary\/[\w-]+-worker';$/,
    `import { ${ways.camel}WorkerService } from '@tributary/${name}-worker';`,
    (line) => line.slice(line.indexOf('@')),
  );
  tree.insertBefore('libs/lineup/src/index.ts', '];', `  ${ways.camel}WorkerService,\n`);
  return {
    docs: true,
    tests: [`${jest(app)}`, `${jest('libs/lineup')}`],
    next: [
      inWords(
        `${app}/src/${name}.worker.ts says when it takes part; ${app}/src/rules/ is what it looks for.`,
        `${app}/src/${name}.worker.ts 决定何时参与；${app}/src/rules/ 是它检查的规则。`,
      ),
      inWords('npm start, and upload a package with a file of its kind.', '运行 npm start，然后上传包含此类文件的版本包。'),
    ],
  };
}

export function rule(tree, given, { for: pack, in: folder = packs[pack]?.folder }) {
  if (!(pack in packs))
    throw new Refusal(`For which worker is the rule? --for ${Object.keys(packs).join('|')}`, `规则属于哪个工作器？--for ${Object.keys(packs).join('|')}`);
  const { folders, list } = packs[pack];
  if (!folders.includes(folder))
    throw new Refusal(`${pack}-rules has no folder "${folder}": ${folders.join(', ')}.`, `${pack}-rules 没有文件夹“${folder}”，可选：${folders.join('、')}。`);
  const name = kebabName('rule', given);
  if (tree.has(`docs/rules/${pack}/${name}.md`)) throw new Refusal(`There is a rule ${pack}/${name} already.`, `规则 ${pack}/${name} 已存在。`);
  const lib = `libs/${pack}-rules/src`;
  const ways = waysOf(name);
  const file = `${lib}/${folder}/${name}.rule.ts`;
  tree.create(file, filledIn(tree.read(`tools/new/rule/${pack}.rule.ts`), ways));
  const from = pack === 'sql' ? `./${folder}/${name}.rule` : `./${name}.rule`;
  tree.insertSorted(`${lib}/${list}`, /^import .*\.rule';$/, `import { ${ways.camel} } from '${from}';`, (line) => line.slice(line.indexOf("'")));
  if (pack === 'sql') tree.insertBefore(`${lib}/${list}`, '];', `  ${ways.camel},\n`);
  else tree.insertSorted(`${lib}/${list}`, entry, `  ${ways.camel},`, (line) => kebabOf(capital(line.trim())));
  return {
    docs: true,
    tests: [jest(`libs/${pack}-rules`)],
    next: [
      inWords(
        `${file} flags the words "${ways.words}" to begin with: change its examples first, then its check.`,
        `${file} 起初会标记“${ways.words}”：请先修改示例，再修改检查。`,
      ),
      inWords(`docs/rules/${pack}/${name}.md is its page; npm run docs prints it anew.`, `docs/rules/${pack}/${name}.md 是它的页面，npm run docs 会重新生成。`),
    ],
  };
}

export function fact(tree, given, { topic = 'gate' }) {
  const folders = { gate: 'the coordinator', scan: 'a worker' };
  if (!(topic in folders))
    throw new Refusal(
      `--topic ${topic} is none of ${Object.keys(folders).join(', ')}: who may write decides the topic.`,
      `--topic ${topic} 无效，可选 ${Object.keys(folders).join('、')}：主题由谁可以写入决定。`,
    );
  const name = factName(given);
  const kebab = kebabOf(name);
  if (new RegExp(`\\b${name}\\b`).test(tree.read('libs/facts/src/catalogue.ts')))
    throw new Refusal(`There is a fact ${name} already.`, `事实 ${name} 已存在。`);
  const words = kebab.split('-').join(' ');
  const ways = { kebab, Name: name, Sentence: capital(words), topic: `${topic}.facts`, publisher: folders[topic].replace(/^the /, '') };
  for (const suffix of ['fact.ts', 'fact.spec.ts'])
    tree.create(`libs/facts/src/gate/${kebab}.${suffix}`, filledIn(tree.read(`tools/new/fact/${suffix}`), ways));
  tree.insertSorted('libs/facts/src/catalogue.ts', /^import .* from '\.\/gate\//, `import { ${name} } from './gate/${kebab}.fact';`, (line) =>
    line.slice(line.indexOf("'")),
  );
  tree.insertBefore('libs/facts/src/catalogue.ts', '  PolicyPublished,\n', `  ${name},\n`);
  tree.insertSorted('libs/facts/src/index.ts', /^export \* from '\.\/gate\//, `export * from './gate/${kebab}.fact';`);
  return {
    docs: true,
    tests: [jest('libs/facts')],
    next: [
      inWords(
        `libs/facts/src/gate/${kebab}.fact.ts: say who tells it, what it says, and its fields. Version 1 is a promise once it is published.`,
        `libs/facts/src/gate/${kebab}.fact.ts：写明由谁陈述、说明什么以及有哪些字段。版本 1 发布后即为承诺。`,
      ),
      inWords(
        `docs/facts.md#${name.toLowerCase()} and docs/generated/schemas/${name}/1.json are printed from it.`,
        `docs/facts.md#${name.toLowerCase()} 和 docs/generated/schemas/${name}/1.json 由它生成。`,
      ),
    ],
  };
}

export function adr(tree, given) {
  const name = kebabName('decision', given);
  const numbers = tree.names('docs/adr').map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
  if (tree.names('docs/adr').some((file) => file.slice(5) === `${name}.md`))
    throw new Refusal(`There is a decision "${name}" already.`, `决策“${name}”已存在。`);
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
  const title = capital(name.replaceAll('-', ' '));
  const path = `docs/adr/${number}-${name}.md`;
  tree.create(path, filledIn(tree.read('tools/new/adr/adr.md'), { number, Title: title }));
  tree.insertSorted('docs/README.md', /^\| \[\d{4}\]\(adr\//, `| [${number}](adr/${number}-${name}.md) | ${title} |`);
  return {
    docs: false,
    tests: [],
    next: [inWords(`${path}: one decision, one page. The map in docs/README.md leads to it.`, `${path}：一个决策一页，docs/README.md 的目录中已加入链接。`)],
  };
}
