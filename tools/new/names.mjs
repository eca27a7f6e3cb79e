/** Names: which are good, and what they look like in other places. */
import { inWords } from './language.mjs';

/** What `npm run new` refuses, as a sentence for whoever asked. */
export class Refusal extends Error {
  constructor(en, zh) {
    super(inWords(en, zh));
  }
}

/** Names that say nothing about what is inside; `npm run tidy` refuses them, too. */
const empty = /(^|-)(utils?|helpers?|common|misc|manager|stuff)(-|$)/;

/** `data-quality` as it is, or a refusal. */
export function kebabName(kind, name) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new Refusal(
      `"${name}" is no name for a ${kind}: lower-case words with hyphens between them, 40 characters at most, such as ${kind === 'rule' ? 'select-star' : 'data-quality'}.`,
      `“${name}”不能作为名称：请使用以连字符连接的小写单词，最多 40 个字符，例如 ${kind === 'rule' ? 'select-star' : 'data-quality'}。`,
    );
  if (empty.test(name)) throw new Refusal(`"${name}" says nothing about what is inside: name it after what it does.`, `“${name}”看不出内容，请按用途命名。`);
  return name;
}

/** `PackageScanned` as it is, or a refusal. */
export function factName(name) {
  if (!/^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+$/.test(name) || name.length > 60)
    throw new Refusal(
      `"${name}" is no name for a fact: a noun and what happened to it, such as PackageScanned.`,
      `“${name}”不能作为事实的名称：请写名词加上发生的事，例如 PackageScanned。`,
    );
  if (!/(ed|Begun|Built|Done|Found|Given|Known|Left|Lost|Met|Sent|Taken|Told)$/.test(name))
    throw new Refusal(
      `"${name}" does not say that something has happened: facts are past tense, such as PackageScanned.`,
      `“${name}”没有说明已发生的事：事实使用过去式，例如 PackageScanned。`,
    );
  return name;
}

/** Of `data-quality`: all the ways in which templates name it. */
export function waysOf(kebab) {
  const words = kebab.split('-');
  const camel = words.map((word, index) => (index === 0 ? word : capital(word))).join('');
  return { kebab, camel, TYPE: words.join('_').toUpperCase(), words: words.join(' ') };
}

/** `PackageScanned` to `package-scanned`. */
export function kebabOf(pascal) {
  return pascal.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}

export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A template with `__kebab__` and the like filled in. */
export function filledIn(text, ways) {
  return Object.entries(ways).reduce((filled, [way, value]) => filled.replaceAll(`__${way}__`, () => value), text);
}
