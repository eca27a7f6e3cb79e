/** A password, a key or a token in a cell. */
import { isSecretReference, secretsIn, type Complaint } from '@tributary/findings';
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { normaliseHeader } from '../template/header';
import { cellAddress, isBlank, textOf, type Sheet } from '../workbook';

const SECRET_HEADER = /^(?:.*(?:password|passwd|secret|secretkey|accesskey|apikey|token)|密码|.*(?:密码|口令|密钥|令牌))$/;
/** `-psecret` of the MySQL client and `--password secret` have no sign between name and value. */
const ON_COMMAND_LINE = /(?:^|\s)(?:-p|--(?:password|passwd|token|secret)[= ])(?<value>[^\s'"$-][^\s'"]{2,})/;
const MYSQL = /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b/;
const ASSIGNED = /(?:password|passwd|pwd|secret_?key|access_?key|api_?key|token|密码|口令)\s*[=:：]\s*(?<value>[^\s'"&;,|]{3,})/i;

export const credentialInCell = defineRule({
  id: 'excel/credential-in-cell',
  title: { en: 'Credential in a cell', zh: '单元格含明文凭据' },
  why: {
    en: 'Workbooks travel by mail and stay on laptops; whoever opens one has the password.',
    zh: '工作簿会通过邮件流转并长期留存，任何打开者都能拿到密码。',
  },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: taskBook({ 命令: "isql --password='Zk3-orders-77' -f load.sql" }) },
      { source: taskBook({ 命令: 'mysql -uetl -pZk3orders77 < load.sql' }) },
      {
        source: {
          sheets: [
            ...taskBook({}).sheets,
            {
              name: 'config',
              rows: [
                ['url', 'password'],
                ['https://scheduler', 'admin'],
              ],
            },
          ],
        },
        note: 'a column of passwords',
      },
    ],
    accepted: [{ source: taskBook({ 命令: 'mysql -uetl -p${DB_PASSWORD} < load.sql' }) }, { source: taskBook({ 命令: 'sh check_token.sh' }) }],
  },
  source:
    'The published Azkaban template carries user names and passwords in its config sheet (github.com/JingZhang-Cherish/azkaban_helper, docs/template.xlsx); CWE-312',
  *check({ workbook, recognised }) {
    const run = new Set([...recognised.tasks, ...recognised.schedules].map(({ sheet }) => sheet));
    for (const sheet of workbook.sheets) yield* inSheet(sheet, run.has(sheet));
  },
});

/** Prose beside the tables is mostly about the password of the sheet's protection: worth a look, no reason to stop. */
function* inSheet(sheet: Sheet, run: boolean): Generator<Complaint> {
  const secretColumns = columnsOfSecrets(sheet);
  // Columns repeat themselves: what was clean once need not be searched again.
  const clean = new Set<string>();
  for (const [row, cells] of sheet.rows.entries()) {
    for (const [column, value] of cells.entries()) {
      if (isBlank(value)) continue;
      const text = textOf(value);
      const header = secretColumns.get(column);
      const told = header !== undefined && row > header.row && !isSecretReference(text);
      if (!told && (clean.has(text) || !spellsSecret(text))) {
        clean.add(text);
        continue;
      }
      const certain = told || run || secretsIn(text).length > 0;
      yield {
        ...(!certain && { severity: 'warning' as const }),
        message: { en: 'A credential stands here in the clear', zh: '此处以明文写有凭据' },
        location: { sheet: sheet.name, cell: cellAddress(row, column) },
        evidence: told ? `password: '${text}'` : text.replace(/(\s-p)(?=[^\s'"$])/g, '$1 --password '),
        identity: told ? `${sheet.name}#${header.text}#${textOf(cells[0] ?? null)}` : `${sheet.name}#${text.slice(0, 200).replace(/[^\s=:]{3,}$/, '')}`,
        fix: { en: 'Refer to it by the name of a variable that the scheduler holds.', zh: '请改为引用调度系统中保存的变量。' },
      };
    }
  }
}

function columnsOfSecrets(sheet: Sheet): ReadonlyMap<number, { readonly row: number; readonly text: string }> {
  const found = new Map<number, { row: number; text: string }>();
  for (const [row, cells] of sheet.rows.slice(0, 20).entries()) {
    for (const [column, value] of cells.entries()) {
      if (typeof value === 'string' && value.length <= 40 && !found.has(column) && SECRET_HEADER.test(normaliseHeader(value)))
        found.set(column, { row, text: normaliseHeader(value) });
    }
  }
  return found;
}

/** A name, a sign and a value of three letters: nothing shorter can be one. */
const SPELLED_LENGTH_MIN = 7;

function spellsSecret(text: string): boolean {
  if (text.length < SPELLED_LENGTH_MIN) return false;
  if (secretsIn(text).length > 0) return true;
  const value = (MYSQL.test(text) ? ON_COMMAND_LINE : /(?!)/).exec(text)?.groups?.['value'] ?? ASSIGNED.exec(text)?.groups?.['value'];
  return value !== undefined && !isSecretReference(value) && !/^[$<{%]/.test(value);
}
