import { bookOf, taskBook, workbookOf, type Sketch } from '../sketch';
import { normaliseHeader } from './header';
import { recogniseTemplate } from './recognise';
import { templates, type Template } from './templates';

const kindOf = (sketch: Sketch) => recogniseTemplate(workbookOf(sketch)).kind;

describe('a workbook', () => {
  it('is the default template by its headers [Z-021]', () => {
    const recognised = recogniseTemplate(workbookOf(taskBook({})));
    expect(recognised).toMatchObject({ kind: 'own', tasks: [{ headerRow: 0 }] });
    expect('tasks' in recognised && [...recognised.tasks[0]!.columns.keys()]).toEqual([
      'project',
      'workflow',
      'name',
      'type',
      'command',
      'upstream',
      'cycle',
      'cron',
      'owner',
      'retry',
      'retryInterval',
      'timeout',
    ]);
  });

  it('may carry a title above its headers, hints in brackets, stars and line breaks', () => {
    const rows = [['调度模板 2026'], [], ['*任务名称', '任务类型\n(SHELL/SQL)', '执行命令（支持多行）', '前置任务', '流程名称']];
    expect(recogniseTemplate(workbookOf(bookOf('Sheet1', ...rows)))).toMatchObject({ kind: 'own', tasks: [{ headerRow: 2 }] });
  });

  it('may be English', () => {
    expect(kindOf(bookOf('jobs', ['Job Name', 'Flow Name', 'Type', 'Command', 'Depends On'], ['a', 'f', 'SHELL', 'x', null]))).toBe('own');
  });

  it('is recognised without the column of the names, so that this can be said', () => {
    expect(kindOf(bookOf('作业', ['流程', '命令', '上游', 'cron', '负责人'], ['f', 'x', null, '0 0 2 * * ?', 'li']))).toBe('own');
  });

  it('is Azkaban or TASKCTL by their own columns', () => {
    expect(kindOf(bookOf('proA', ['project_name', 'flow_name', 'flow_desc', 'flow_configs', 'job_name', 'job_comment', 'type', 'command', 'dependOn']))).toBe(
      'azkaban',
    );
    expect(kindOf(bookOf('jobs', ['name', 'typename', 'progname', 'para', 'period', 'maxnum']))).toBe('taskctl');
  });

  it('keeps a list of dependencies apart from the tasks', () => {
    const sheets = [
      ...taskBook({}).sheets,
      {
        name: '依赖',
        rows: [
          ['工作流', '任务名称', '上游任务'],
          ['daily_sales', 'load_orders', 'x'],
        ],
      },
    ];
    expect(recogniseTemplate(workbookOf({ sheets }))).toMatchObject({ tasks: [{ sheet: { name: '任务列表' } }], dependencies: [{ sheet: { name: '依赖' } }] });
  });

  it.each([
    ['a data dictionary', ['字段名', '字段类型', '是否主键', '备注']],
    ['an English data dictionary', ['name', 'type', 'description', 'nullable']],
    ['a list of people', ['name', 'owner', 'description']],
    ['a project plan', ['任务名称', '开始日期', '结束日期', '进度', '工时', '里程碑']],
    ['a report', ['区域', '销售额', '同比']],
  ])('is nothing of ours: %s', (_, headers) => {
    expect(recogniseTemplate(workbookOf(bookOf('Sheet1', headers, ['a', 'b', 'c', 'd'])))).toEqual({ kind: 'none', reasonCode: 'NO_TASK_HEADER' });
  });

  it('may follow a template of the house', () => {
    const house: Template = {
      ...templates.at(-1)!,
      kind: 'acme',
      label: { en: 'ACME', zh: 'ACME' },
      signature: ['作业编号', '作业种类'],
      aliases: { 作业编号: 'name', 作业种类: 'type' },
      required: ['name'],
    };
    const workbook = workbookOf(bookOf('作业清单', ['作业编号', '作业种类', '负责人'], ['a', 'SHELL', 'li']));
    expect(recogniseTemplate(workbook, [house, ...templates])).toMatchObject({ kind: 'acme' });
    expect(recogniseTemplate(workbook)).toEqual({ kind: 'none', reasonCode: 'NO_TASK_HEADER' });
  });

  it('may be empty', () => {
    expect(recogniseTemplate({ sheets: [] })).toEqual({ kind: 'none', reasonCode: 'NO_SHEET' });
  });
});

it.each([
  ['执行周期\r\n(D/M/Q)', '执行周期'],
  ['＊Task　Name', 'taskname'],
  ['重试间隔（分钟）', '重试间隔'],
  ['Flow_Name', 'flowname'],
  ['(note)', '(note)'],
  ['脚本内容 (支持多行)', '脚本内容'],
])('the header %j reads %s', (text, header) => {
  expect(normaliseHeader(text)).toBe(header);
});
