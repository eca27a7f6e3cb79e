import { createTask, triggerWorkflow } from './example';
import { recogniseWedata } from './recognise';

const recognise = (value: unknown, path = 'a.json') => recogniseWedata(path, JSON.stringify(value));

describe('a file', () => {
  it.each([
    ['task', createTask()],
    ['task', { Response: { Data: createTask(), RequestId: 'x' } }],
    ['task', [createTask(), createTask()]],
    ['trigger-task', { TriggerTaskBaseAttribute: { TaskName: 'a' }, TriggerTaskSchedulerConfiguration: {} }],
    ['workflow', { WorkflowName: 'w', WorkflowSchedulerConfiguration: { CycleType: 'DAY_CYCLE' } }],
    ['trigger-workflow', triggerWorkflow({})],
    ['legacy-2021', { Tasks: [{ TaskId: '1', WorkflowId: 'w', CycleType: 3 }] }],
    ['collection', { workflow: { WorkflowName: 'w', WorkflowSchedulerConfiguration: {} }, tasks: [createTask()] }],
    ['credentials', { SecretId: 'a', SecretKey: 'b', ExpireTime: 0 }],
  ])('is a %s by its content [Z-021]', (kind, value) => {
    expect(recognise(value).kind).toBe(kind);
  });

  it.each([
    ['bundle', 'mart/wedata.yml', 'bundle: { name: mart }\n'],
    ['bundle', 'bundle.yml', 'bundle: { name: mart, wedata_cli_version: "0.18.*" }\n'],
    ['bundle-resources', 'resources/tasks/load.yml', 'tasks: { load: { code: src/load.sql } }\n'],
    ['bundle-resources', 'load.yaml', 'tasks:\n  - taskName: load\n    cycle_type: DAY_CYCLE\n'],
  ])('is a %s by its path and content: %s', (kind, path, text) => {
    expect(recogniseWedata(path, text).kind).toBe(kind);
  });

  it.each([
    ['notes.json', '{"hello": "world"}', 'NOT_WEDATA'],
    ['wedata/a.json', '[]', 'NOT_WEDATA'],
    ['package.json', '{"name": "x", "tasks": {"build": {}}}', 'NOT_WEDATA'],
    ['playbook.yml', '- hosts: all\n  tasks:\n    - name: x\n', 'NOT_WEDATA'],
    ['databricks.yml', 'bundle: { name: mart }\ntargets: { dev: { mode: development } }\n', 'NOT_WEDATA'],
    ['answer.json', '{"Response": {"Error": {"Code": "InternalError"}, "RequestId": "x"}}', 'API_ERROR_ANSWER'],
    ['readme.md', '# about WeData\n', 'NOT_STRUCTURED'],
    ['broken.json', '{"a": ', 'NOT_STRUCTURED'],
    ['empty.json', '', 'NOT_STRUCTURED'],
  ])('is none of ours: %s', (path, text, reasonCode) => {
    expect(recogniseWedata(path, text)).toEqual({ kind: 'none', reasonCode });
  });

  it('that breaks off is still meant to be WeData', () => {
    expect(recogniseWedata('a.json', JSON.stringify(createTask()).slice(0, -20)).kind).toBe('broken');
    expect(recogniseWedata('wedata.yml', 'bundle: [').kind).toBe('broken');
  });
});
