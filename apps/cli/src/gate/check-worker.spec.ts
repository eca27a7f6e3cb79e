/** `tributary worker check` against a server with a ledger that a test wrote. */
import { factNumber, json, type ScriptedServer, startScriptedServer, taskId, taskWith } from '../../../../libs/api-client/src/testing/scripted-server';
import { commandLine, type Ended } from '../testing/command-line';

const foo = { subTaskType: 'FOO', round: 1, attempt: 1 };
const [createdId, startedId, completedId] = [1, 2, 3].map((n) => String(factNumber(n)['id'])) as [string, string, string];
const created = factNumber(1, 'MainTaskCreated', { round: 1 });
const started = { ...factNumber(2, 'SubTaskStarted', foo), causedby: createdId };
const completed = { ...factNumber(3, 'SubTaskCompleted', { ...foo, result: 'PASS' }), causedby: startedId };

describe('[Z-018] worker check', () => {
  let server: ScriptedServer;
  let ledger: readonly unknown[];
  let revision: number;
  beforeEach(async () => {
    [ledger, revision] = [[created, started, completed], 1];
    server = await startScriptedServer((request, response) => {
      const [path] = (request.url ?? '').split('?');
      if (path?.endsWith('/facts')) json(response, 200, { items: ledger });
      else if (path?.endsWith('/tasks')) json(response, 200, { items: [taskWith('SUCCESS', revision)] });
      else json(response, 200, taskWith('SUCCESS', revision));
    });
  });
  afterEach(() => server.stop());

  const check = (...argv: readonly string[]): Promise<Ended> => commandLine(['worker', 'check', ...argv, '--url', server.url]);

  it('says yes to a worker that keeps to the page, of the newest task unless another is named', async () => {
    for (const argv of [['FOO'], ['FOO', taskId]]) {
      const { code, stdout } = await check(...argv);
      expect([code, stdout]).toEqual([0, 'FOO keeps to the contract with all it told (2)\n']);
    }
  });

  it('names the rule, the fact and what is wrong with it, in both languages', async () => {
    ledger = [created, started, { ...completed, causedby: createdId }];
    const { code, stdout } = await check('FOO');
    expect([code, stdout.split('\n').slice(0, 2)]).toEqual([
      1,
      ['FOO breaks the contract 1 time, with 2 told in all', `  WRONG_CAUSE  SubTaskCompleted ${completedId}`],
    ]);
    expect((await check('FOO', '--lang', 'zh')).stdout).toContain(`causedby 为 ${createdId}，应为对应的 SubTaskStarted`);
    expect(JSON.parse((await check('FOO', '--json')).stdout)).toMatchObject({
      taskId,
      type: 'FOO',
      told: 2,
      breaches: [{ code: 'WRONG_CAUSE', factId: completedId }],
    });
  });

  it('waits for no end while the task is open', async () => {
    ledger = [created, started];
    expect((await check('FOO')).stdout).toContain('NOT_ENDED');
    revision = 0;
    expect((await check('FOO')).code).toBe(0);
  });

  it('says no where nothing was told, and where to look', async () => {
    const { code, stdout, stderr } = await check('foo');
    expect([code, stdout]).toEqual([1, `foo has told nothing about task ${taskId}\n`]);
    expect(stderr).toContain(`dead-letters list --url ${server.url}`);
  });
});
