/** What the group `gate` offers. */
import { type ArgumentDefinition, type CommandDefinition, type OptionDefinition } from '../command';

const statuses = ['INIT', 'RUNNING', 'SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED'];
const severities = ['blocker', 'error', 'warning', 'info'];

const task: ArgumentDefinition = {
  name: 'TASK',
  says: { en: 'its id (or how it begins), PRODUCT@VERSION, PRODUCT, or latest', zh: '任务编号（或其开头）、PRODUCT@VERSION、PRODUCT 或 latest' },
};
const failOn: OptionDefinition = {
  flags: '--fail-on STATUS',
  says: {
    en: 'which verdict ends with 1: partial or failed, failed only, never',
    zh: '哪些结论以 1 退出：partial（部分通过或未通过）、failed（仅未通过）、never（从不）',
  },
  choices: ['partial', 'failed', 'never'],
  default: 'partial',
};
const timeout: OptionDefinition = {
  flags: '--timeout DURATION',
  says: { en: 'how long to wait for the verdict, such as 90s or 10m; then it ends with 2', zh: '等待结论的最长时间（如 90s、10m），超时以 2 退出' },
};
const uploadTimeout: OptionDefinition = {
  flags: '--timeout DURATION',
  says: {
    en: 'how long it may take, such as 90s or 10m; then it ends with 2; with --wait from the upload to the verdict, without it the upload alone',
    zh: '最长时间（如 90s、10m），超时以 2 退出；带 --wait 时从上传算到得出结论，不带时只限制上传',
  },
};
const limit = (value: string): OptionDefinition => ({ flags: '--limit N', says: { en: 'how many at most', zh: '最多显示多少条' }, default: value });
const verdictJson = { en: 'one document: { taskId, status, revision, task, explanation }', zh: '一个文档：{ taskId, status, revision, task, explanation }' };

const uploading: CommandDefinition = {
  words: ['gate', 'upload'],
  says: { en: 'Upload a version package', zh: '上传版本包' },
  more: [
    {
      en: 'Product and version are taken from a file name such as retail-2.3.1.zip unless they are given. A connection that breaks is tried again and makes no second task.',
      zh: '未指定时从文件名（如 retail-2.3.1.zip）得出产品与版本。连接中断会自动重试，不会重复建任务。',
    },
  ],
  arguments: [{ name: 'FILE', says: { en: 'the zip', zh: 'zip 文件' }, isFile: true }],
  options: [
    { flags: '-p, --product NAME', says: { en: 'what the package is a version of', zh: '产品名' } },
    { flags: '--version VERSION', says: { en: 'which version it is', zh: '版本号' } },
    { flags: '--policy POLICY', says: { en: 'the id of a policy, a YAML or JSON file, or JSON itself', zh: '策略编号、YAML/JSON 文件，或 JSON 文本' } },
    { flags: '-w, --wait', says: { en: 'watch until there is a verdict', zh: '等待直至得出结论' } },
    failOn,
    uploadTimeout,
    { flags: '--idempotency-key KEY', says: { en: 'the same key within 24 h makes no second task', zh: '24 小时内同一键不会重复建任务' } },
  ],
  examples: [
    { run: 'tributary gate upload retail-2.3.1.zip --wait', says: { en: 'upload and wait for the verdict', zh: '上传并等待结论' } },
    {
      run: 'tributary gate upload build/out.zip -p retail --version 2.3.1 --policy fast -w',
      says: { en: 'named, with the fast policy', zh: '指定名称，使用 fast 策略' },
    },
    { run: 'tributary gate upload retail-2.3.1.zip -w --fail-on failed --timeout 15m --json', says: { en: 'in a build', zh: '在流水线中使用' } },
  ],
  json: {
    en: 'without --wait the answer of the upload: { taskId, status, message, package, links }; with --wait { taskId, status, revision, task, explanation }',
    zh: '不带 --wait：上传应答 { taskId, status, message, package, links }；带 --wait：{ taskId, status, revision, task, explanation }',
  },
  load: async () => (await import('../gate/upload')).uploadPackage,
};

const reading: readonly CommandDefinition[] = [
  {
    words: ['gate', 'list'],
    says: { en: 'List tasks, newest first', zh: '任务列表，最新在前' },
    options: [
      { flags: '-p, --product NAME', says: { en: 'of this product', zh: '指定产品' } },
      { flags: '--version VERSION', says: { en: 'of this version', zh: '指定版本' } },
      { flags: '--status STATUS', says: { en: 'in this status', zh: '指定状态' }, choices: statuses },
      limit('20'),
    ],
    examples: [{ run: 'tributary gate list -p retail --status FAILED', says: { en: 'what failed of a product', zh: '某产品未通过的任务' } }],
    json: { en: '{ items: [task] }', zh: '{ items: [任务] }' },
    load: async () => (await import('../gate/list')).listTasks,
  },
  {
    words: ['gate', 'show'],
    says: { en: 'Show a task with its participants and its window', zh: '显示任务、参与者与窗口' },
    arguments: [task],
    examples: [
      { run: 'tributary gate show latest', says: { en: 'the newest task', zh: '最新任务' } },
      { run: 'tributary gate show retail@2.3.1', says: { en: 'the newest task of a version', zh: '某版本的最新任务' } },
    ],
    json: { en: 'the task', zh: '任务文档' },
    load: async () => (await import('../gate/show')).showTask,
  },
  {
    words: ['gate', 'explain'],
    says: { en: 'Say why the verdict is what it is, or what the window waits for', zh: '解释结论的原因；未收敛时说明在等待什么' },
    arguments: [task],
    examples: [{ run: 'tributary gate explain retail@2.3.1', says: { en: 'rule, witness, what would have changed it', zh: '规则、关键事实与反事实' } }],
    json: { en: 'the explanation', zh: '解释文档' },
    load: async () => (await import('../gate/show')).explainTask,
  },
  {
    words: ['gate', 'facts'],
    says: { en: 'Print every fact of a task in the order it was recorded', zh: '按记录顺序输出任务的全部事实' },
    arguments: [task],
    options: [{ flags: '-f, --follow', says: { en: 'stay and print new ones', zh: '持续输出新事实' } }],
    examples: [{ run: 'tributary gate facts latest --follow --json', says: { en: 'a stream for programs', zh: '供程序读取的事实流' } }],
    json: { en: '{ items: [fact] }; with --follow one fact in a line (NDJSON)', zh: '{ items: [事实] }；带 --follow 时每行一条（NDJSON）' },
    load: async () => (await import('../gate/facts')).printFacts,
  },
  {
    words: ['gate', 'findings'],
    says: { en: 'Print what the participants found', zh: '输出各参与者发现的问题' },
    arguments: [task],
    options: [
      { flags: '--type TYPE', says: { en: 'of this participant, such as SQL', zh: '指定参与者（如 SQL）' } },
      { flags: '--severity SEVERITY', says: { en: 'of this severity', zh: '指定级别' }, choices: severities },
      { flags: '--rule RULE', says: { en: 'of this rule', zh: '指定规则' } },
      { flags: '--path PATH', says: { en: 'in this file', zh: '指定文件' } },
      limit('200'),
    ],
    examples: [{ run: 'tributary gate findings latest --severity error', says: { en: 'the errors of the newest task', zh: '最新任务的错误' } }],
    json: { en: '{ items: [finding], nextCursor? }', zh: '{ items: [问题], nextCursor? }' },
    load: async () => (await import('../gate/findings')).printFindings,
  },
  {
    words: ['gate', 'report'],
    says: { en: 'Download the merged report', zh: '下载合并报告' },
    arguments: [task],
    options: [
      { flags: '--format FORMAT', says: { en: 'which kind', zh: '格式' }, choices: ['json', 'sarif', 'junit', 'html', 'csv', 'xlsx'], default: 'html' },
      {
        flags: '-o, --output FILE',
        says: { en: 'where to; - is stdout; otherwise the name that the server gives', zh: '输出文件；- 表示 stdout；默认用服务给出的文件名' },
        isFile: true,
      },
      { flags: '--force', says: { en: 'overwrite a file', zh: '覆盖已有文件' } },
    ],
    examples: [
      { run: 'tributary gate report retail@2.3.1 --format sarif -o retail.sarif', says: { en: 'for a code host', zh: '供代码平台使用' } },
      { run: 'tributary gate report latest --format csv -o - | head', says: { en: 'to stdout', zh: '输出到 stdout' } },
    ],
    json: { en: '{ file, bytes, mediaType }', zh: '{ file, bytes, mediaType }' },
    load: async () => (await import('../gate/report')).downloadReport,
  },
];

const acting: readonly CommandDefinition[] = [
  {
    words: ['gate', 'watch'],
    says: { en: 'Watch a task until there is a verdict', zh: '观察任务直至得出结论' },
    arguments: [task],
    options: [failOn, timeout],
    examples: [{ run: 'tributary gate watch latest', says: { en: 'come back to the newest task', zh: '继续观察最新任务' } }],
    json: { en: `one fact in a line (NDJSON), and last ${verdictJson.en}`, zh: `每行一条事实（NDJSON），最后一行为${verdictJson.zh}` },
    load: async () => (await import('../gate/watch')).watchCommand,
  },
  {
    words: ['gate', 'cancel'],
    says: { en: 'Close the window of a task without a result', zh: '取消任务' },
    arguments: [task],
    options: [{ flags: '--reason TEXT', says: { en: 'why, for the record', zh: '原因（留档）' } }],
    examples: [{ run: 'tributary gate cancel latest --reason "wrong file"', says: { en: 'a mistake', zh: '传错文件' } }],
    json: { en: '{ taskId, status }', zh: '{ taskId, status }' },
    load: async () => (await import('../gate/ask')).cancelTask,
  },
  {
    words: ['gate', 'rescan'],
    says: { en: 'Open another round over the same package', zh: '对同一版本包重新扫描（新一轮）' },
    arguments: [task],
    options: [
      { flags: '--reason TEXT', says: { en: 'why, for the record', zh: '原因（留档）' } },
      { flags: '-w, --wait', says: { en: 'watch until there is a new verdict', zh: '等待新结论' } },
      failOn,
      timeout,
    ],
    examples: [{ run: 'tributary gate rescan retail@2.3.1 --wait', says: { en: 'after a rule was changed', zh: '规则变更之后' } }],
    json: { en: `{ taskId, status, round }; with --wait ${verdictJson.en}`, zh: `{ taskId, status, round }；带 --wait 时为${verdictJson.zh}` },
    load: async () => (await import('../gate/ask')).rescanTask,
  },
];

export const gateCommands: readonly CommandDefinition[] = [uploading, ...acting.slice(0, 1), ...reading, ...acting.slice(1)];
