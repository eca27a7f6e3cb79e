import { scanFiles } from '../../../libs/worker-kit/src/testing/scan-files';
import { wedataWorker } from './wedata.worker';

const script = Buffer.from('#!/bin/bash\nset -e\necho "daily load"\n').toString('base64');

function task(name: string, changes: { code?: string; cycle?: string; type?: string } = {}): string {
  return JSON.stringify({
    ProjectId: '2840738091966353408',
    TaskBaseAttribute: {
      TaskName: name,
      TaskTypeId: changes.type ?? '35',
      WorkflowId: '5be0a485-63c5-47dc-a618-ddad5890cdb4',
      OwnerUin: '100028596846',
      TaskDescription: 'daily load of orders',
    },
    TaskConfiguration: { ResourceGroup: '20231124174317834475', CodeContent: changes.code ?? script, BrokerIp: 'any', TaskExtConfigurationList: [] },
    TaskSchedulerConfiguration: {
      CycleType: changes.cycle ?? 'DAY_CYCLE',
      ScheduleTimeZone: 'UTC+8',
      StartTime: '2025-09-02 00:00:00',
      EndTime: '2099-12-31 23:59:59',
      ExecutionStartTime: '00:00',
      ExecutionEndTime: '23:59',
      CalendarOpen: '0',
      SelfDepend: 'serial',
      RunPriorityType: '6',
      RetryWaitMinute: '5',
      MaxRetryNumber: '3',
      ExecutionTTLMinute: '60',
      CrontabExpression: '0 0 0 * * ? *',
      InitStrategy: 'T_PLUS_0',
    },
  });
}

describe('the WeData worker', () => {
  it.each([
    ['a definition', 'any/name.json', task('load'), 'take'],
    ['other JSON, whatever its folder', 'wedata/notes.json', '{"hello": "world"}', 'decline'],
    ['a broken definition', 'a.json', '{"TaskBaseAttribute": {"TaskName": "x", ', 'take'],
    ['broken JSON of something else', 'a.json', '{"a": ', 'decline'],
    ['a list of names', 'list.txt', 'load.json', 'decline'],
  ])('[Z-021] decides by the content: %s', async (_what, name, data, kind) => {
    const { considered } = await scanFiles(wedataWorker, [
      { name: 'README.md', data: '#' },
      { name, data },
    ]);
    expect(considered).toMatchObject(kind === 'take' ? { kind } : { kind, reasonCode: 'NO_WEDATA_DEFINITIONS' });
  });

  it('takes part where an entry cannot be read back, and says which', async () => {
    const { considered, findings } = await scanFiles(wedataWorker, [
      { name: 'a.json', data: '{}', corrupt: true },
      { name: 'b.json', data: task('load') },
    ]);
    expect(considered).toMatchObject({ kind: 'take' });
    expect(findings).toContainEqual(expect.objectContaining({ ruleId: 'ENTRY_CORRUPT', location: { path: 'a.json' } }));
  });

  it('passes a clean definition and fails a faulty one, at pointers that resolve', async () => {
    const clean = await scanFiles(wedataWorker, [{ name: 'a.json', data: task('load') }]);
    expect(clean.scanned).toMatchObject({ counts: { blocker: 0, error: 0 } });
    const faulty = await scanFiles(wedataWorker, [{ name: 'a.json', data: task('load', { cycle: 'FORTNIGHT_CYCLE', code: '%%%' }) }]);
    expect(faulty.scanned).toMatchObject({ judgement: 'QUALITY' });
    expect(faulty.findings.map(({ location }) => location.pointer)).toContain('/TaskSchedulerConfiguration/CycleType');
  });

  it('looks at all definitions of the package together', async () => {
    const alone = await scanFiles(wedataWorker, [{ name: 'a.json', data: task('load') }]);
    const twice = await scanFiles(wedataWorker, [
      { name: 'a.json', data: task('load') },
      { name: 'b.json', data: task('load') },
    ]);
    expect(twice.findings.length).toBeGreaterThan(2 * alone.findings.length);
  });

  it('leaves large files to others', async () => {
    const { considered } = await scanFiles(wedataWorker, [{ name: 'a.json', data: task('load') }], { fileBytesMax: 100 });
    expect(considered).toMatchObject({ kind: 'decline' });
  });
});
