/** What the group `policy` offers. */
import { type ArgumentDefinition, type CommandDefinition } from '../command';

const file: ArgumentDefinition = { name: 'FILE', says: { en: 'the policy as YAML or JSON', zh: '策略文件（YAML 或 JSON）' }, isFile: true };

export const policyCommands: readonly CommandDefinition[] = [
  {
    words: ['policy', 'check'],
    says: { en: 'Check a policy: every fault with its place in the file', zh: '检查策略：逐条指出错误及其位置' },
    more: [{ en: 'No server is asked.', zh: '无需服务。' }],
    arguments: [file],
    examples: [{ run: 'tributary policy check strict.yaml', says: { en: 'before it is published', zh: '发布之前' } }],
    json: {
      en: '{ valid, errors: [fault], warnings: [fault] }; a fault is { pointer, code, message, line, column }',
      zh: '{ valid, errors: [问题], warnings: [问题] }，问题为 { pointer, code, message, line, column }',
    },
    load: async () => (await import('../local/check-policy')).checkPolicyFile,
  },
  {
    words: ['policy', 'put'],
    says: { en: 'Publish a revision of a policy', zh: '发布策略的新版本' },
    arguments: [{ name: 'POLICY', says: { en: 'its id', zh: '策略编号' } }, file],
    options: [{ flags: '--if-match ETAG', says: { en: 'only if nobody was faster: the ETag that was read', zh: '仅当未被他人修改时发布：读取到的 ETag' } }],
    examples: [{ run: 'tributary policy put strict strict.yaml', says: { en: 'uploads that follow may name it', zh: '之后的上传即可引用' } }],
    json: { en: 'the policy with its revision', zh: '策略及其版本' },
    load: async () => (await import('../local/put-policy')).putPolicy,
  },
  {
    words: ['policy', 'simulate'],
    says: { en: 'With these facts at these times, what happens?', zh: '试算：若事实按这些时间到达，结论如何？' },
    more: [
      {
        en: 'The file lists events under "facts": { at: 1.5s, joins: SQL }, also passes, warns, fails, declines; { at: 9s, cancels: true }. The coordinator\'s own core decides, without a server.',
        zh: '文件的 facts 列出事件：{ at: 1.5s, joins: SQL }，也可用 passes、warns、fails、declines；{ at: 9s, cancels: true }。由协调器的同一核心判定，无需服务。',
      },
    ],
    arguments: [{ name: 'FILE', says: { en: 'the facts as YAML or JSON', zh: '事实文件（YAML 或 JSON）' }, isFile: true }],
    options: [
      {
        flags: '--policy POLICY',
        says: { en: 'default, fast, a file, or a policy of the server', zh: 'default、fast、策略文件，或服务中的策略' },
        repeatable: true,
      },
    ],
    examples: [
      { run: 'tributary policy simulate facts.yaml', says: { en: 'default and fast side by side', zh: '并列比较 default 与 fast' } },
      { run: 'tributary policy simulate facts.yaml --policy default --policy strict.yaml', says: { en: 'with a policy of your own', zh: '使用自己的策略' } },
    ],
    json: {
      en: '{ simulations: [{ policy, closedAtMs, status, rule, text, late, verdictHash }] }',
      zh: '{ simulations: [{ policy, closedAtMs, status, rule, text, late, verdictHash }] }',
    },
    load: async () => (await import('../local/simulate')).simulatePolicies,
  },
];
