/** A name with blanks around it, or with characters that nobody sees. */
import { z } from 'zod';
import { tableCells } from '../book/table-cells';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { type TaskField } from '../template/fields';

const NAMES: ReadonlySet<TaskField> = new Set(['project', 'workflow', 'name', 'owner', 'resource', 'environment', 'type', 'cycle']);
const BLANK_ENDS = /^\s|\s$/;
const INVISIBLE = /[\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]/;

export const blankAroundName = defineRule({
  id: 'excel/blank-around-name',
  title: { en: 'Blank or invisible character in a name', zh: '名称含首尾空格或不可见字符' },
  why: {
    en: '"load_orders " is another task than "load_orders" to most importers, and nobody sees why the dependency is missing.',
    zh: '多数导入工具会把“load_orders ”与“load_orders”视为两个任务，而肉眼无法分辨。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 'load_orders ' }) }, { source: taskBook({ 工作流名称: 'daily\u200bsales' }) }],
    accepted: [{ source: taskBook({ 任务名称: 'load orders' }), note: 'a blank inside is seen' }],
  },
  source: 'Starlake strips U+00A0 from cells for this reason (github.com/starlake-ai/starlake, XlsModel.scala)',
  *check({ recognised }) {
    for (const { table, field, address, value, column, rowIdentity } of tableCells(recognised)) {
      if (!NAMES.has(field) || typeof value !== 'string' || value.trim() === '') continue;
      if (!BLANK_ENDS.test(value) && !INVISIBLE.test(value)) continue;
      const shown = JSON.stringify(value).replace(
        /[\u00a0\u00ad\u2000-\u200f\u2028-\u202e\u2060\u3000\ufeff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      yield {
        message: { en: `${shown} has blanks around it or an invisible character`, zh: `${shown} 含首尾空格或不可见字符` },
        location: { sheet: table.sheet.name, cell: address },
        evidence: shown,
        identity: `${rowIdentity}#${column}`,
        fix: { en: `Write ${value.replace(new RegExp(INVISIBLE, 'g'), '').trim()}.`, zh: `改为 ${value.replace(new RegExp(INVISIBLE, 'g'), '').trim()}。` },
      };
    }
  },
});
