/** `npm run tidy`: what linters cannot see. Says every fault with its place and its reason; ends with 1 when there is any. Takes another repository's root as its argument. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));

const linesMax = 300;
const testLinesMax = 450;
const functionLinesMax = 70;

/** Names that say nothing about what is inside. */
const emptyNames = /(^|[-.])(utils?|helpers?|common|misc|manager|stuff)([-.]|$)/;
const unfinished = /\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented/;
/** `.only` is never right; `.skip` and `.todo` only where a condition chooses it and a comment or a printed sentence says why. */
const onlyTest = /\b(it|test|describe)\.only\b|\b(fit|fdescribe)\(/;
const offTest = /^\s*(it|test|describe)\.(skip|todo)\b|\b(xit|xdescribe|xtest)\(/;
const machinePath = /(^|[\s"'`(=])\/(work|farm|root|home|Users)\/[A-Za-z]/;
const emptyCatch = /catch\s*(\([^)]*\))?\s*\{\s*\}/;
const unexplained = /@ts-(ignore|nocheck)\b|@ts-expect-error\s*$|eslint-disable(?!.*--)/;

const isCode = (path) => /\.(ts|tsx|mts|cts|mjs|cjs|js)$/.test(path);
const isTest = (path) => /\.(spec|contract)\.ts$/.test(path) || /(^|\/)testing\//.test(path);
const isText = (path) => isCode(path) || /\.(json|ya?ml|md|sql|sh|html|css|py|java|toml)$|Dockerfile|(^|\/)run$/.test(path);
/** Where a process meets its surroundings: its configuration and its start. */
const meetsTheWorld = (path) => /(^|\/)(config|main|main-of|standalone|cluster)\.ts$|(^|\/)[\w.-]*config[\w.-]*\.(mjs|cjs)$|^(tools|\.ci)\//.test(path) || isTest(path);
const isGenerated = (path) => /^docs\/(generated|rules)\//.test(path) || path === 'package-lock.json';

const faults = [];
const say = (path, line, what) => faults.push(`${line === 0 ? path : `${path}:${line}`}  ${what}`);

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path) && statSync(path).isFile());

for (const path of files) {
  lookAtName(path);
  if (isText(path) && !isGenerated(path)) lookAtText(path, readFileSync(path, 'utf8'));
}
lookAtProjects();
lookAtLockfile();

for (const fault of faults.sort()) console.log(fault);
console.log(faults.length === 0 ? `tidy: ${files.length} files, nothing to say` : `tidy: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function lookAtName(path) {
  const name = basename(path, extname(path));
  if (isCode(path) && emptyNames.test(name)) say(path, 0, `"${name}" says nothing about what is inside`);
  if (/(^|\/)(utils?|helpers?|common|misc)\//.test(path)) say(path, 0, 'lies in a folder whose name says nothing about what is inside');
  if (/^(apps|libs)\/.*\.tsx?$/.test(path) && !/^[a-z0-9][a-z0-9.-]*$/.test(basename(path))) say(path, 0, 'file names are kebab-case, with the role as suffix');
}

function lookAtText(path, text) {
  const lines = text.replace(/\n$/, '').split('\n');
  lines.forEach((line, index) => {
    const at = index + 1;
    if (machinePath.test(line)) say(path, at, 'names a path of one machine');
    // The linters' own lists of words would find themselves.
    if (isCode(path) && path !== 'tools/tidy.mjs') lookAtLine(path, at, line, lines[index - 1] ?? '');
  });
  if (!isCode(path)) return;
  const most = isTest(path) ? testLinesMax : linesMax;
  if (lines.length > most) say(path, 0, `${lines.length} lines, ${most} at most: more than one thing lives here`);
  if (needsOpening(path) && !hasOpening(text)) say(path, 1, 'opens without a sentence that says what it is for');
  if (!isTest(path)) longFunctions(path, lines);
}

function lookAtLine(path, at, line, before) {
  if (unfinished.test(line) && !/['"`/].*\b(TODO|FIXME|XXX|HACK)\b.*['"`/]/.test(line)) say(path, at, 'something is left unfinished');
  if (emptyCatch.test(line)) say(path, at, 'an error is swallowed: handle it, or say why not');
  if (unexplained.test(line)) say(path, at, 'a check is turned off without a reason after `--`');
  if (isTest(path)) {
    if (onlyTest.test(line)) say(path, at, 'other tests of this file do not run');
    if (offTest.test(line) && !/\/\/|\*\//.test(line + before)) say(path, at, 'a test that never runs, and nobody says why');
    return;
  }
  if (/\bprocess\.env\b/.test(line) && !meetsTheWorld(path)) say(path, at, 'reads process.env outside its configuration');
  if (/\bconsole\.(log|error|warn|info|debug)\(/.test(line) && /^libs\/[^/]+\/src\//.test(path)) say(path, at, 'a library logs through the kit, not to the console');
}

/** SQL statements and barrels, too: whoever opens a file wants to know where they are. */
function needsOpening(path) {
  return /^(apps|libs)\/[^/]+\/src\/.*\.tsx?$|^tools\/.*\.[cm]js$/.test(path) && !/\.spec\.ts$/.test(path);
}

function hasOpening(text) {
  const lead = /^(?:#![^\n]*\n)?\s*(?:import [^;]+;\s*)*/.exec(text)?.[0].length ?? 0;
  return /^\s*(\/\*\*|\/\/)\s*\S/.test(text) || /^\s*(\/\*\*|\/\/)/.test(text.slice(lead));
}

/** By the indentation of a function's first and last line. */
function longFunctions(path, lines) {
  lines.forEach((line, index) => {
    const open = /^(\s*)(export\s+)?(default\s+)?(public |private |protected |static )*(async\s+)?(function\b.*|[#\w$]+\([^)]*\)[^=;]*|const [\w$]+ = (async )?\(?[^=]*\)? =>\s*)\{\s*$/.exec(line);
    if (!open || /^\s*(if|for|while|switch|catch|else|describe|it)\b/.test(line)) return;
    const end = lines.findIndex((later, at) => at > index && later.startsWith(`${open[1]}}`));
    if (end - index > functionLinesMax) say(path, index + 1, `a function of ${end - index} lines, ${functionLinesMax} at most`);
  });
}

/** A project says what it is for, in one sentence, and has a test. */
function lookAtProjects() {
  const projects = new Set(files.filter((path) => /^(libs|apps)\/[^/]+\/project\.json$/.test(path)).map((path) => path.split('/').slice(0, 2).join('/')));
  for (const project of projects) {
    const readme = `${project}/README.md`;
    if (!files.includes(readme)) say(project, 0, 'has no README.md');
    else if (!/^# \S.*\n\n[A-Z`].+[.:]/s.test(readFileSync(readme, 'utf8'))) say(readme, 0, 'has no first sentence under its title');
    if (!files.some((path) => path.startsWith(`${project}/`) && isTest(path))) say(project, 0, 'has no test');
  }
  for (const needed of ['README.md', 'README.zh-CN.md', 'LICENSE', 'docs/README.md', 'docs/architecture.md']) if (!existsSync(needed)) say(needed, 0, 'is missing');
}

function lookAtLockfile() {
  if (!existsSync('package-lock.json')) return;
  if (/"resolved": "https?:/.test(readFileSync('package-lock.json', 'utf8'))) {
    say('package-lock.json', 0, 'records download addresses: make it anew with omit-lockfile-registry-resolved=true in .npmrc');
  }
}
