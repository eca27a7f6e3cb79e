/** Client commands that reach beyond the database: shells, removed files, code from the network. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { spanOf } from '../parsing/statement';
import { defineRule } from '../rule';

const dangers: readonly (readonly [RegExp, { readonly en: string; readonly zh: string }])[] = [
  [/^!/, { en: 'This runs a command of the operating system', zh: '该命令会执行操作系统命令' }],
  [/^\\!/, { en: 'This runs a command of the operating system', zh: '该命令会执行操作系统命令' }],
  [/^dfs\s{1,40}-(?:rm|rmr|expunge|chmod|chown|mv)\b/i, { en: 'This changes or removes files behind the tables', zh: '该命令会修改或删除表的底层文件' }],
  [/^add\s{1,40}jars?\s{1,40}['"]?(?:https?|ftp):/i, { en: 'This loads code from the network', zh: '该命令会从网络加载代码' }],
];

export const dangerousCommand = defineRule({
  id: 'sql/dangerous-command',
  title: { en: 'Dangerous client command', zh: '危险的客户端命令' },
  why: {
    en: 'It works outside of the database, where no permission, transaction or backup of the tables holds.',
    zh: '命令在数据库之外执行，不受权限、事务和备份的保护。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'dfs -rm -r /warehouse/dwd_orders;\n' }, { source: '!sh rm -rf /data;\n' }, { source: 'ADD JAR http://example.com/udf.jar;\n' }],
    accepted: [{ source: 'dfs -ls /warehouse;\n' }, { source: 'ADD JAR hdfs:///libs/udf.jar;\n' }, { source: 'SELECT a != b FROM t;\n' }],
  },
  source: 'SOAR RES.008; CWE-78',
  visits: 'statement',
  *check(statement, { complain }) {
    const [command] = statement.tokens;
    if (command?.kind !== kinds.command) return;
    const said = statement.text.slice(command.start, Math.min(command.end, command.start + 400));
    const danger = dangers.find(([pattern]) => pattern.test(said));
    if (danger) yield complain({ at: spanOf(statement, 0, 1), message: danger[1] });
  },
});
