import { countBySeverity } from '@tributary/findings';
import { checkWedata } from './check';
import { createTask, type TaskChanges } from './example';
import { recogniseWedata, type WedataDocument } from './recognise';

const path = 'wedata/load_daily_orders.json';
const text = (changes: TaskChanges = {}) => JSON.stringify(createTask(changes), null, 2);
const faulty = text({
  base: { TaskTypeId: '99999' },
  configuration: { CodeContent: '%%% this is no base64 %%%' },
  schedule: { CycleType: 'FORTNIGHT_CYCLE', StartTime: '2030-01-01 00:00:00', EndTime: '2020-01-01 00:00:00' },
});
const resolve = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<any>((node, step) => node?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const documentOf = (name: string, content: string): WedataDocument => {
  const recognition = recogniseWedata(name, content);
  if (!('document' in recognition)) throw new Error(recognition.kind);
  return recognition.document;
};

describe('a checked task', () => {
  it('without faults has no findings [Z-002]', () => {
    expect(checkWedata({ path, text: text() }).findings).toEqual([]);
  });

  it('with faults points into the document [Z-002]', () => {
    const { findings } = checkWedata({ path, text: faulty });
    expect(findings.map(({ severity, location }) => `${severity} ${location.pointer ?? ''}`).sort()).toEqual([
      'blocker /TaskConfiguration/CodeContent',
      'blocker /TaskSchedulerConfiguration/CycleType',
      'error /TaskBaseAttribute/TaskTypeId',
      'error /TaskSchedulerConfiguration/EndTime',
    ]);
    for (const { location } of findings) {
      expect(resolve(JSON.parse(faulty), location.pointer ?? '')).toBeDefined();
      expect(faulty.split('\n')[(location.range?.startLine ?? 0) - 1]).toContain(location.pointer?.split('/').at(-1));
    }
  });

  it('keeps its fingerprints when keys move and values are reformatted', () => {
    const { TaskBaseAttribute, TaskConfiguration, TaskSchedulerConfiguration, ...rest } = JSON.parse(faulty);
    const reversed = Object.fromEntries(Object.entries(TaskSchedulerConfiguration as object).reverse());
    const moved = JSON.stringify({ Response: { Data: [{ TaskSchedulerConfiguration: reversed, TaskConfiguration, TaskBaseAttribute, ...rest }] } });
    const prints = (content: string) =>
      checkWedata({ path, text: content })
        .findings.map(({ fingerprint }) => fingerprint)
        .sort();
    expect(prints(moved)).toEqual(prints(faulty));
  });

  it('reads no clock: what is over depends on the upload', () => {
    const ended = text({ schedule: { StartTime: '2001-01-01 00:00:00', EndTime: '2001-12-31 00:00:00' } });
    expect(checkWedata({ path, text: ended }).findings).toEqual([]);
    expect(checkWedata({ path, text: ended, uploadedAt: Date.UTC(2000, 0, 1) }).findings).toEqual([]);
    expect(checkWedata({ path, text: ended, uploadedAt: Date.UTC(2002, 0, 2) }).findings).toMatchObject([{ ruleId: 'wedata/schedule-is-over' }]);
  });

  it('hands its SQL on, decoded, with the dialect of its engine', () => {
    const sql = text({ base: { TaskTypeId: 34 }, configuration: { CodeContent: Buffer.from('delete from 订单;').toString('base64') } });
    expect(checkWedata({ path, text: sql }).embeddedSql).toEqual([
      { pointer: '/TaskConfiguration/CodeContent', text: 'delete from 订单;', dialectHint: 'hive' },
    ]);
    expect(checkWedata({ path, text: text() }).embeddedSql).toEqual([]);
  });

  it('shows no secret', () => {
    const leaky = text({
      configuration: {
        CodeContent: Buffer.from("export PASSWORD='Xk29-plain-S3cret'").toString('base64'),
        TaskExtConfigurationList: [{ ParamKey: 'db.password', ParamValue: 'Xk29-plain-S3cret' }],
      },
      schedule: { CycleType: 'Xk29-plain-S3cret' },
    });
    const { findings } = checkWedata({ path, text: leaky });
    expect(findings.filter(({ ruleId }) => ruleId === 'wedata/credential-in-task')).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain('Xk29-plain-S3cret');
  });

  it('obeys a profile and a comment in YAML', () => {
    expect(
      checkWedata({
        path,
        text: faulty,
        profile: { 'wedata/unknown-task-type': { options: { further: [99999] } }, 'wedata/code-not-base64': { severity: 'info' } },
      }).findings.map(({ ruleId, severity }) => [ruleId, severity]),
    ).toEqual(expect.arrayContaining([['wedata/code-not-base64', 'info']]));
    const bundle = 'bundle: { name: mart }\ntargets:\n  dev: { mode: testing } # tributary:ignore wedata/bundle-settings a mode of our own\n';
    const { findings, suppressed } = checkWedata({ path: 'wedata.yml', text: bundle });
    expect([findings, suppressed.map(({ by }) => by.reason)]).toEqual([[], ['a mode of our own']]);
  });

  it('in an undocumented bundle source is warned about at most', () => {
    const resource = 'tasks:\n  load: { cycleType: FORTNIGHT_CYCLE, maxRetryNumber: 99 }\n';
    expect(countBySeverity(checkWedata({ path: 'resources/tasks/load.yml', text: resource }).findings)).toEqual({ blocker: 0, error: 0, warning: 2, info: 0 });
  });

  it('that cannot be read says where', () => {
    const { findings } = checkWedata({ path, text: text().replace('"TaskName"', 'TaskName') });
    expect(findings).toMatchObject([{ ruleId: 'wedata/unreadable-document', severity: 'blocker', location: { range: { startLine: 4, startColumn: 5 } } }]);
  });

  it('is seen together with the other files of the package', () => {
    const upstream = (id: string, on: string) =>
      text({ base: { TaskId: id, TaskName: `task_${id}` }, schedule: { UpstreamDependencyConfigList: [{ TaskId: on, MainCyclicConfig: 'DAY' }] } });
    const files = {
      'a.json': upstream('1', '2'),
      'b.json': upstream('2', '1'),
      'c.json': upstream('3', '1'),
      'd.json': upstream('3', '2').replace('"TaskId": "3"', '"TaskId": "4"'),
    };
    const siblings = Object.entries(files).map(([name, content]) => documentOf(name, content));
    const found = Object.entries(files).map(([name, content]) => checkWedata({ path: name, text: content, siblings }).findings.map(({ ruleId }) => ruleId));
    expect(found).toEqual([['wedata/dependency-cycle'], [], [], ['wedata/duplicate-task-name']]);
    expect(checkWedata({ path: 'a.json', text: files['a.json'] }).findings.map(({ ruleId }) => ruleId)).toEqual(['wedata/foreign-upstream']);
  });

  it('of a bundle uses the variables that the bundle declares', () => {
    const siblings = [documentOf('wedata.yml', 'bundle: { name: mart }\nvariables: { cluster: { default: a } }\ntargets: { dev: { mode: development } }\n')];
    const resource = (name: string) => `tasks:\n  load: { cycleType: DAY_CYCLE, cluster: "\${var.${name}}" }\n`;
    expect(checkWedata({ path: 'resources/tasks/load.yml', text: resource('cluster'), siblings }).findings).toEqual([]);
    expect(checkWedata({ path: 'resources/tasks/load.yml', text: resource('clutser'), siblings }).findings).toMatchObject([
      { ruleId: 'wedata/undeclared-variable', location: { pointer: '/tasks/load/cluster' } },
    ]);
  });

  it('of something else says nothing', () => {
    expect(checkWedata({ path: 'wedata/notes.json', text: '{"hello": "world"}' })).toEqual({
      findings: [],
      suppressed: [],
      faults: [],
      embeddedSql: [],
      omitted: 0,
    });
  });
});
