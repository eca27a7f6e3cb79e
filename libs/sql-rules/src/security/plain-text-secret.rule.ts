/** A password, key or token in the clear. */
import { isSecretReference, maskSecrets } from '@tributary/findings';
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { clauseNames, spanOf, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

/** The end of a property's or a setting's name. */
const secretName =
  /(?:^|[._-])(?:password|passwd|pwd|passphrase|secret|token|credentials?|(?:secret|access|api|private|account|encryption)[._-]?key(?:[._-]?(?:id|secret))?|ak|sk|accesskey(?:id|secret)?|secret[._-]?id|sfpassword|dbpassword|密码)$/i;
const camelName = /(?:Password|Secret|Token|AccessKey|SecretKey|ApiKey|PrivateKey|AccessKeyId|AccessKeySecret|SecretId)$/;
/** A text that may hold a secret in itself: a URL, or a key of a known shape. */
const suspicious = /:\/\/|jdbc:|AKIA|ASIA|AKID|LTAI|AIza|gh[pousr]_|eyJ|PRIVATE KEY/;
const signs = new Set(['=', '=>', ':=', '==', ',', ':']);
const comparing = new Set(['WHERE', 'ON', 'HAVING']);
const textLengthMax = 8_192;

export const plainTextSecret = defineRule({
  id: 'sql/plain-text-secret',
  title: { en: 'Secret in plain text', zh: '明文密码或密钥' },
  why: {
    en: 'Whoever may read the package, the repository or the job log can use it. It has to be changed wherever it was in use.',
    zh: '任何能看到安装包、代码仓库或任务日志的人都能使用它，一旦泄露必须全部更换。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: "CREATE TABLE pay (id BIGINT) WITH ('connector' = 'jdbc', 'password' = 'Qw3rty-2024');\n" },
      { source: 'SET fs.s3a.secret.key=Qw3rty2024abcdef;\n' },
      { source: "CREATE TABLE t (id INT) WITH ('url' = 'jdbc:mysql://db:3306/x?user=etl&password=Qw3rty-2024');\n" },
      { source: "CREATE USER etl IDENTIFIED BY 'Qw3rty-2024';\n" },
    ],
    accepted: [
      { source: "CREATE TABLE pay (id BIGINT) WITH ('connector' = 'jdbc', 'password' = '${secret:pay}');\n" },
      { source: "SELECT password FROM t WHERE token = 'abc';\n" },
      { source: "CREATE TABLE t (password STRING COMMENT 'login password');\n" },
    ],
  },
  source: 'SonarSource RSPEC S2068; SOAR SEC.002; CWE-798',
  visits: 'statement',
  *check(statement, { complain }) {
    const told = {
      message: { en: 'A secret stands here in plain text', zh: '此处包含明文密码或密钥' },
      fix: { en: 'Take it from the secret store by a variable, and change the leaked one', zh: '改为从密钥管理服务取变量，并更换已泄露的密钥' },
    };
    for (let at = 0; at < statement.tokens.length; at++) {
      const { kind } = statement.tokens[at] ?? {};
      if (kind !== kinds.string && kind !== kinds.quoted && kind !== kinds.command) continue;
      if (!isSecret(statement, at)) continue;
      const from = Math.max(0, at - 2);
      yield complain({ at: spanOf(statement, at, at + 1), evidence: statement.text.slice(statement.tokens[from]?.start, statement.tokens[at]?.end), ...told });
    }
    if (statement.verb === 'SET' && rawSetting(statement)) yield complain({ at: spanOf(statement, 0, statement.tokens.length), ...told });
  },
});

function isSecret(statement: Statement, at: number): boolean {
  const token = statement.tokens[at];
  if (!token || token.end - token.start > textLengthMax) return false;
  const said = statement.text.slice(token.start, token.end);
  if (suspicious.test(said) && maskSecrets(said) !== said) return true;
  if (token.kind === kinds.command) return maskSecrets(said) !== said;
  const value = said.slice(1, -1);
  return !isSecretReference(value) && !comparing.has(clauseNames[statement.clauseCodes[at] ?? 0] ?? '') && isNamedSecret(statement, at);
}

/** `'password' = '...'`, `fs.secret.key = '...'`, `PASSWORD '...'`, `IDENTIFIED BY '...'`. */
function isNamedSecret(statement: Statement, at: number): boolean {
  const before = upperAt(statement, at - 1);
  if (before === 'PASSWORD' && !['TYPE', 'COMMENT'].includes(upperAt(statement, at - 2))) return true;
  if (before === 'BY' && upperAt(statement, at - 2) === 'IDENTIFIED') return true;
  if (!signs.has(before)) return false;
  const key = statement.tokens[at - 2];
  // A comma separates name and value only where both are texts: OPTIONS ('password', 'x').
  if (!key || (before === ',' && (key.kind !== kinds.string || upperAt(statement, at - 3) !== '('))) return false;
  return isSecretName(statement.text.slice(Math.max(key.start, key.end - 128), key.end).replaceAll(/['"`]/g, ''));
}

/** `SET name=value` without quotes. */
function rawSetting(statement: Statement): boolean {
  const said = statement.text.slice(statement.start, Math.min(statement.end, statement.start + textLengthMax));
  const at = said.indexOf('=');
  if (at < 0) return false;
  const [name, value] = [said.slice(3, at).trim(), said.slice(at + 1).trim()];
  return /^[\w.-]{1,200}$/.test(name) && isSecretName(name) && !/^['"$]/.test(value) && !isSecretReference(value);
}

function isSecretName(name: string): boolean {
  return secretName.test(name) || camelName.test(name);
}
