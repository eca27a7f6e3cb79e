/**
 * Secrets never leave the file that they stand in: `maskSecrets` replaces whole values, never a part of one.
 * It is generous on purpose: a masked word too many costs a reader a glance, a password too many costs a rotation.
 * Every pattern is bounded and without nested repetition, so the time is linear in the text.
 */

export const mask = '******';
const nameRestMax = 64;
const gapMax = 16;
/** A shorter value is too likely to be an ordinary word of the file. */
const repeatedLengthMin = 6;

interface Span {
  readonly start: number;
  readonly end: number;
  /** Quoted or of a known shape: worth masking wherever else the file repeats it. */
  readonly certain: boolean;
}

const secretWord =
  /pass(?:word|wd|phrase|code)|pwd|secret|token|credential|authorization|(?:api|access|private|account|encrypt(?:ion)?|signing|master|session)[._-]?key|(?<![a-z0-9])(?:ak|sk|auth)(?![a-z0-9])|密码|口令|密钥|令牌/gi;
/** `PASSWORD 'x'` and `IDENTIFIED BY 'x'` have no sign between name and value. */
const bareAssignment = /(?:pass(?:word|wd|phrase|code)|密码|口令)$/i;
const identifiedBy = /\bidentified\s{1,8}(?:with\s{1,8}[\w'"]{1,64}\s{1,8})?(?:by|as)\s{0,8}/gi;

/** Shapes that are a secret wherever they stand; the named group `secret` when only a part of the match is one. */
const shapes: readonly RegExp[] = [
  // user:password@ in a URL, also behind jdbc:
  /:\/\/[^\s:/@'"]{0,128}:(?<secret>[^\s@/'"]{1,256})@/g,
  // jdbc:oracle:thin:user/password@
  /jdbc:oracle:[a-z]{1,8}:[^\s/@'"]{1,128}\/(?<secret>[^\s@'"]{1,256})@/gi,
  // Cloud access keys: AWS, Tencent Cloud, Alibaba Cloud, Google, Huawei-like pairs are caught by their names.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])AKID[0-9A-Za-z]{13,48}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])LTAI[0-9A-Za-z]{12,30}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}/g,
  /(?<![A-Za-z0-9])gh[pousr]_[0-9A-Za-z]{30,255}/g,
  /(?<![A-Za-z0-9])(?:xox[abprs]-|sk-)[0-9A-Za-z-]{16,255}/g,
  // A JSON web token.
  /(?<![A-Za-z0-9_-])eyJ[0-9A-Za-z_-]{8,4096}\.[0-9A-Za-z_-]{4,4096}\.?[0-9A-Za-z_-]{0,4096}/g,
  /\b(?:bearer|basic)\s{1,4}(?<secret>[0-9A-Za-z+/=._~-]{12,4096})/gi,
  // The end may have been cut off.
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,16384}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  // curl -u user:password
  /(?:^|\s)(?:-u|--user)[\s=]{1,4}['"]?[^\s:'"]{1,128}:(?<secret>[^\s'"]{1,256})/g,
];

/** The text with every secret value replaced by asterisks. `known` are values that other parts of the same file revealed. */
export function maskSecrets(text: string, known: readonly string[] = []): string {
  const masked = replaceSpans(text, secretSpans(text));
  return known.reduce((shown, secret) => shown.replaceAll(secret, mask), masked);
}

/** The secret values that a file spells out, for masking them wherever it repeats them. Longest first. */
export function secretsIn(text: string): readonly string[] {
  const values = secretSpans(text)
    .filter(({ certain, start, end }) => certain && end - start >= repeatedLengthMin)
    .map(({ start, end }) => text.slice(start, end));
  return [...new Set(values)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Whether a value is only the place where a secret will be filled in: `${pw}`, `{{ pw }}`, `?`, `:pw`, asterisks, nothing. */
export function isSecretReference(value: string): boolean {
  const text = value.trim();
  if (text === '' || text === '?' || /^[*x.•]{3,}$/i.test(text)) return true;
  if (/^(?:\$\{|\{\{|#\{|\$\[|<|%\(|@\{)[^]*$/.test(text) && /[}\])>s]$/.test(text)) return true;
  return /^(?:\$[A-Za-z_]\w*|:[A-Za-z_]\w*|null|none|true|false)$/i.test(text);
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    shown += start >= at ? text.slice(at, start) + mask : '';
    at = end;
  }
  return shown + text.slice(at);
}

function secretSpans(text: string): readonly Span[] {
  return [...namedSpans(text), ...identifiedSpans(text), ...shapedSpans(text)].sort((a, b) => a.start - b.start || b.end - a.end);
}

function namedSpans(text: string): Span[] {
  const spans: Span[] = [];
  let past = 0;
  for (const match of text.matchAll(secretWord)) {
    if (match.index < past) continue;
    const span = valueAfterName(text, match.index + match[0].length, bareAssignment.test(match[0]));
    if (!span) continue;
    spans.push(span);
    past = span.end;
  }
  return spans;
}

function identifiedSpans(text: string): Span[] {
  return [...text.matchAll(identifiedBy)].flatMap((match) => {
    const at = match.index + match[0].length;
    const span = /['"]/.test(text.charAt(at)) ? valueAt(text, at) : undefined;
    return span ? [span] : [];
  });
}

function shapedSpans(text: string): Span[] {
  return shapes.flatMap((shape) =>
    [...text.matchAll(shape)].flatMap((match) => {
      const secret = match.groups?.['secret'] ?? match[0];
      const start = match.groups?.['secret'] === undefined ? match.index : match.index + match[0].lastIndexOf(secret);
      return isSecretReference(secret) ? [] : [{ start, end: start + secret.length, certain: true }];
    }),
  );
}

/** `name' = 'value`: the rest of the name, its closing quote, a sign, the value. */
function valueAfterName(text: string, wordEnd: number, bare: boolean): Span | undefined {
  let at = skip(text, wordEnd, /[\w.-]/, nameRestMax);
  at = skip(text, at, /['"`\\\]]/, 3);
  const afterName = at;
  at = skip(text, at, /[ \t]/, gapMax);
  const sign = /^(?:=>|:=|==?|[:：])/.exec(text.slice(at, at + 2))?.[0];
  // `'password', 'value'`: the argument lists of options; `--password value`: a command line.
  const comma = !sign && text.charAt(at) === ',' && afterName > wordEnd && /['"]/.test(text.charAt(afterName - 1));
  if (sign || comma) at = skip(text, at + (sign?.length ?? 1), /\s/, gapMax);
  else if (!(bare && at > afterName && /['"]/.test(text.charAt(at))) && !isOption(text, wordEnd, afterName, at)) return undefined;
  if (comma && !/['"]/.test(text.charAt(at))) return undefined;
  return valueAt(text, at);
}

function isOption(text: string, wordEnd: number, nameEnd: number, at: number): boolean {
  return at > nameEnd && /(?:^|\s)--?[\w-]{0,40}$/.test(text.slice(Math.max(0, wordEnd - 48), wordEnd)) && /[^\s-]/.test(text.charAt(at));
}

function valueAt(text: string, at: number): Span | undefined {
  const escaped = text.charAt(at) === '\\' && /['"]/.test(text.charAt(at + 1));
  const quote = text.charAt(escaped ? at + 1 : at);
  if (quote !== '' && `'"\``.includes(quote)) {
    const start = at + (escaped ? 2 : 1);
    const end = quotedEnd(text, start, quote, escaped);
    return isSecretReference(text.slice(start, end)) ? undefined : { start, end, certain: true };
  }
  const end = skip(text, at, /[^\s;,&)'"}\]]/, 4096);
  return end === at || isSecretReference(text.slice(at, end)) || /^[$#{]/.test(text.slice(at, at + 2)) ? undefined : { start: at, end, certain: false };
}

/** Where a quoted value ends, doubled and escaped quotes included; cut-off values end with the text. */
function quotedEnd(text: string, from: number, quote: string, escaped: boolean): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '\\' && !(escaped && text.charAt(at + 1) === quote)) at++;
    else if (unit === '\\') return at;
    else if (unit === quote && !escaped) {
      if (text.charAt(at + 1) !== quote) return at;
      at++;
    }
  }
  return text.length;
}

function skip(text: string, from: number, allowed: RegExp, max: number): number {
  let at = from;
  while (at < text.length && at - from < max && allowed.test(text.charAt(at))) at++;
  return at;
}
