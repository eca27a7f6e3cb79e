/** A key that stands twice in one object. */
import { z } from 'zod';
import { itemsOf, membersOf, rootPlace, type Place } from '../document/place';
import { yamlExample } from '../example';
import { defineRule } from '../rule';

export const duplicateKey = defineRule({
  id: 'wedata/duplicate-key',
  title: { en: 'Key stands twice', zh: '键重复' },
  why: {
    en: 'Readers keep the last value without a word; whoever edited the first one wonders why nothing changed.',
    zh: '解析器会静默保留最后一个值，修改第一个值不会生效。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      {
        source: {
          path: 'task.json',
          text: '{"TaskBaseAttribute": {"TaskName": "a", "TaskName": "b", "TaskTypeId": "35", "WorkflowId": "w"}, "TaskConfiguration": {}}',
        },
      },
      yamlExample('resources/tasks/load.yml', ['tasks:', '  load: { cycleType: DAY_CYCLE }', '  load: { cycleType: HOUR_CYCLE }']),
    ],
    accepted: [yamlExample('resources/tasks/load.yml', ['tasks:', '  load: { cycleType: DAY_CYCLE }', '  sum: { cycleType: DAY_CYCLE }'])],
  },
  source: 'RFC 8259, section 4: names within an object should be unique',
  *check({ document, at }) {
    if (!document) return;
    const open: Place[] = [rootPlace(document.root)];
    for (let place = open.pop(); place; place = open.pop()) {
      const { node } = place;
      const members = membersOf(place);
      if (node.kind === 'object' && members.length < node.members.length) {
        const counts = new Map<string, number>();
        for (const { key } of node.members) counts.set(key, (counts.get(key) ?? 0) + 1);
        for (const member of members) {
          if ((counts.get(member.key) ?? 0) < 2) continue;
          yield {
            message: {
              en: `${member.key} stands here ${counts.get(member.key) ?? 0} times; the last one counts`,
              zh: `${member.key} 重复出现，只有最后一个生效`,
            },
            location: at(member),
            evidence: member.key,
            identity: member.pointer.replace(/\/\d+(?=\/)/g, '/*'),
          };
        }
      }
      open.push(...[...members, ...itemsOf(place)].reverse());
    }
  },
});
