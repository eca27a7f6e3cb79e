/** An id that is written as a number and loses its last digits. */
import { z } from 'zod';
import { itemsOf, membersOf, rootPlace, type Place } from '../document/place';
import { yamlExample } from '../example';
import { defineRule } from '../rule';

export const longNumber = defineRule({
  id: 'wedata/long-number',
  title: { en: 'Long id without quotes', zh: '长编号未加引号' },
  why: { en: 'Ids have 17 to 20 digits; read as a number, the last ones change.', zh: '编号有 17 至 20 位，按数字读取时末尾会改变。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [yamlExample('resources/tasks/load.yml', ['tasks:', '  load:', '    cycleType: DAY_CYCLE', '    upstreamTaskId: 20250908225847483'])],
    accepted: [yamlExample('resources/tasks/load.yml', ['tasks:', '  load:', '    cycleType: DAY_CYCLE', '    upstreamTaskId: "20250908225847483"'])],
  },
  source: 'RFC 8259, section 6: integers beyond 2^53 are not read alike everywhere',
  *check({ document, at }) {
    if (!document) return;
    const open: Place[] = [rootPlace(document.root)];
    for (let place = open.pop(); place; place = open.pop()) {
      open.push(...[...membersOf(place), ...itemsOf(place)].reverse());
      const { node, pointer } = place;
      if (node.kind !== 'number' || !/^-?\d{16,}$/.test(node.raw) || BigInt(node.raw) === BigInt(Number(node.raw))) continue;
      yield {
        message: {
          en: `${node.raw} is read as ${BigInt(Number(node.raw)).toString()}: write it in quotes`,
          zh: `${node.raw} 会被读成 ${BigInt(Number(node.raw)).toString()}，请加引号`,
        },
        location: at(place),
        evidence: node.raw,
        identity: `${pointer.replace(/\/\d+(?=\/|$)/g, '/*')} ${node.raw}`,
      };
    }
  },
});
