/** What the group `worker` offers. */
import { type CommandDefinition } from '../command';

export const workerCommands: readonly CommandDefinition[] = [
  {
    words: ['worker', 'check'],
    says: { en: 'Hold what a worker told about a task against the contract for workers', zh: '对照工作器契约检查某工作器对任务告知的事实' },
    more: [
      {
        en: 'For workers in any language (docs/taking-part.md): run a package through, then ask. Exit code 1 when a rule is broken, or when the worker said nothing.',
        zh: '适用于任何语言的工作器（docs/taking-part.md）：先上传一个版本包，再执行检查。违反规则或未发声时退出码为 1。',
      },
    ],
    arguments: [
      { name: 'TYPE', says: { en: 'what the worker calls itself, such as SQL', zh: '工作器的类型名（如 SQL）' } },
      {
        name: 'TASK',
        says: { en: 'id, its beginning, PRODUCT, PRODUCT@VERSION, or latest (the default)', zh: '任务编号或其开头、产品、产品@版本，或 latest（默认）' },
        optional: true,
      },
    ],
    examples: [
      { run: 'tributary worker check PY_LINT', says: { en: 'of the newest task', zh: '检查最新任务' } },
      { run: 'tributary worker check SQL retail@2.3.1', says: { en: 'of a version', zh: '检查某版本' } },
    ],
    json: { en: '{ taskId, type, told, breaches: [{ code, factId?, says }] }', zh: '{ taskId, type, told, breaches: [{ code, factId?, says }] }' },
    load: async () => (await import('../gate/check-worker')).checkWorker,
  },
];
