/** What the group `dead-letters` offers. */
import { type ArgumentDefinition, type CommandDefinition, type OptionDefinition } from '../command';

const id: ArgumentDefinition = { name: 'ID', says: { en: 'the id of the dead letter', zh: '死信编号' } };
const reason: OptionDefinition = { flags: '--reason TEXT', says: { en: 'why, for the record', zh: '原因（留档）' } };
const json = { en: 'the dead letter', zh: '死信文档' };

export const deadLetterCommands: readonly CommandDefinition[] = [
  {
    words: ['dead-letters', 'list'],
    says: { en: 'List dead letters, newest first', zh: '死信列表，最新在前' },
    options: [
      { flags: '--state STATE', says: { en: 'in this state', zh: '指定状态' }, choices: ['open', 'replayed', 'discarded'] },
      { flags: '--group GROUP', says: { en: 'of this consumer group', zh: '指定消费组' } },
      { flags: '--topic TOPIC', says: { en: 'of this topic', zh: '指定主题' } },
      { flags: '--fact ID', says: { en: 'about this fact', zh: '指定事实' } },
      { flags: '--limit N', says: { en: 'how many at most', zh: '最多显示多少条' }, default: '50' },
    ],
    examples: [{ run: 'tributary dead-letters list --state open', says: { en: 'what waits for a decision', zh: '待处理的死信' } }],
    json: { en: '{ items: [dead letter], nextCursor? }', zh: '{ items: [死信], nextCursor? }' },
    load: async () => (await import('../gate/dead-letters')).listLetters,
  },
  {
    words: ['dead-letters', 'show'],
    says: { en: 'Show a dead letter', zh: '显示死信' },
    arguments: [id],
    examples: [{ run: 'tributary dead-letters show 0190a0b0-0000-7000-8000-000000000001', says: { en: 'with its reason', zh: '查看原因' } }],
    json,
    load: async () => (await import('../gate/dead-letters')).showLetter,
  },
  {
    words: ['dead-letters', 'replay'],
    says: { en: 'Let its consumer take it again', zh: '让消费方重新处理' },
    arguments: [id],
    options: [reason],
    examples: [
      {
        run: 'tributary dead-letters replay 0190a0b0-0000-7000-8000-000000000001 --reason "fixed in 1.2"',
        says: { en: 'after the fault was mended', zh: '故障修复之后' },
      },
    ],
    json,
    load: async () => (await import('../gate/dead-letters')).replayLetter,
  },
  {
    words: ['dead-letters', 'discard'],
    says: { en: 'Note that it needs no replay', zh: '标记为无需重放' },
    arguments: [id],
    options: [reason],
    examples: [
      {
        run: 'tributary dead-letters discard 0190a0b0-0000-7000-8000-000000000001 --reason "test data"',
        says: { en: 'it is of no use to anybody', zh: '无需保留' },
      },
    ],
    json,
    load: async () => (await import('../gate/dead-letters')).discardLetter,
  },
];
