import { scanFiles } from '../../../libs/worker-kit/src/testing/scan-files';
import { takePart } from '../../../libs/worker-kit/src/testing/take-part';
import { __camel__WorkerService } from '.';
import { __camel__Worker } from './__kebab__.worker';
import { rules } from './rules';

/** Sound for every rule, and bad for the first one. */
const good = rules[0]?.examples.accepted[0]?.source ?? '';
const bad = rules[0]?.examples.flagged[0]?.source ?? '';

describe('the __kebab__ worker', () => {
  it('takes part where there is a file of its kind, and declines with a reason elsewhere', async () => {
    expect((await scanFiles(__camel__Worker, [{ name: 'data/a.__kebab__', data: good }])).considered).toMatchObject({ kind: 'take' });
    expect((await scanFiles(__camel__Worker, [{ name: 'README', data: '' }])).considered).toMatchObject({ reasonCode: 'NO___TYPE___FILES' });
    expect((await scanFiles(__camel__Worker, Buffer.from('no zip'))).considered).toMatchObject({ reasonCode: 'PACKAGE_UNREADABLE' });
    expect((await scanFiles(__camel__Worker, [{ name: 'a.__kebab__', data: good }], { enabled: false })).considered).toMatchObject({ reasonCode: 'DISABLED' });
  });

  it('finds what its rules flag, at the file and line, and judges by it', async () => {
    const { scanned, findings, header } = await scanFiles(__camel__Worker, [
      { name: 'a.__kebab__', data: good },
      { name: 'b.__kebab__', data: bad },
    ]);
    expect(scanned).toMatchObject({ kind: 'scanned', judgement: 'QUALITY' });
    expect(findings).toMatchObject([{ ruleId: rules[0]?.id, location: { path: 'b.__kebab__' } }]);
    expect(header?.rules).toMatchObject([{ id: rules[0]?.id }]);
  });

  it('follows the profile', async () => {
    const off = { rules: Object.fromEntries(rules.map(({ id }) => [id, { enabled: false }])) };
    expect(await scanFiles(__camel__Worker, [{ name: 'b.__kebab__', data: bad }], off)).toMatchObject({ scanned: { judgement: 'PASS' }, findings: [] });
  });
});

describe('among facts', () => {
  const told = async (name: string, data: string): Promise<string[]> => (await takePart(__camel__WorkerService, [{ name, data }])).map(({ type }) => type);

  it('hears of a task, starts, and completes', async () => {
    expect(await told('a.__kebab__', good)).toEqual(['SubTaskStarted', 'SubTaskCompleted']);
  });

  it('hears of a task, starts, and fails', async () => {
    expect(await told('a.__kebab__', bad)).toEqual(['SubTaskStarted', 'SubTaskFailed']);
  });

  it('hears of a task, and declines', async () => {
    expect(await told('README', '')).toEqual(['SubTaskDeclined']);
  });
});
