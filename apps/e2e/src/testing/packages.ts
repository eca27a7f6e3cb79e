/** Packages that several workers have something to do with. */
import { zipOf, type ZipFile } from '../../../../libs/worker-kit/src/testing/zip';

const readme = { name: 'README.md', data: '# Sales mart\n' };

function sqlFile(n: number): ZipFile {
  const data = `-- author: data platform team\n-- purpose: active customers\nSELECT c.region_${n}, COUNT(c.customer_id) AS customer_count\nFROM dim_customer AS c\nWHERE c.active_flag = 1\nGROUP BY c.region_${n};\n`;
  return { name: `sql/q${String(n).padStart(5, '0')}.sql`, data };
}

/** One SQL worker's work: longer with more files. */
export function sqlPackage(files: number): Buffer {
  return zipOf([readme, ...Array.from({ length: files }, (_, n) => sqlFile(n))]);
}

/** Nobody of the house takes part. */
export function plainPackage(): Buffer {
  return zipOf([readme, { name: 'data/notes.txt', data: 'nothing to check\n' }]);
}

/** SQL, a workbook and a WeData task. */
export function mixedPackage(sqlFiles = 5): Buffer {
  const sql = Array.from({ length: sqlFiles }, (_, n) => sqlFile(n));
  return zipOf([readme, ...sql, { name: 'templates/workflow.xlsx', data: workbook() }, { name: 'wedata/load_orders.json', data: wedataTask }]);
}

const header = [
  '项目名称',
  '工作流名称',
  '任务名称',
  '任务类型',
  '命令',
  '上游任务',
  '调度周期',
  'cron表达式',
  '负责人',
  '重试次数',
  '重试间隔(分钟)',
  '超时(分钟)',
];
const rows = [header, ['sales_mart', 'daily_sales', 'load_orders', 'SHELL', 'set -e; echo load', '', '日', '0 0 2 * * ?', 'zhang.san', '2', '5', '60']];

function workbook(): Buffer {
  const open = 'http://schemas.openxmlformats.org';
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const xml = (name: string, text: string): ZipFile => ({ name, data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}` });
  const cell = (value: string, column: number, row: number): string =>
    `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const sheet = rows
    .map((cells, n) => `<row r="${n + 1}">${cells.map((value, column) => (value === '' ? '' : cell(value, column, n + 1))).join('')}</row>`)
    .join('');
  return zipOf([
    xml(
      '[Content_Types].xml',
      `<Types xmlns="${open}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/></Types>`,
    ),
    xml(
      '_rels/.rels',
      `<Relationships xmlns="${open}/package/2006/relationships"><Relationship Id="rId1" Type="${open}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    xml(
      'xl/workbook.xml',
      `<workbook xmlns="${open}/spreadsheetml/2006/main" xmlns:r="${open}/officeDocument/2006/relationships"><sheets><sheet name="任务列表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    xml(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${open}/package/2006/relationships"><Relationship Id="rId1" Type="${open}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    xml('xl/worksheets/sheet1.xml', `<worksheet xmlns="${open}/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`),
  ]);
}

const wedataTask = JSON.stringify({
  ProjectId: '2840738091966353408',
  TaskBaseAttribute: {
    TaskName: 'load_daily_orders',
    TaskTypeId: '35',
    WorkflowId: '5be0a485-63c5-47dc-a618-ddad5890cdb4',
    OwnerUin: '100028596846',
    TaskDescription: 'daily load of orders',
  },
  TaskConfiguration: {
    ResourceGroup: '20231124174317834475',
    CodeContent: Buffer.from('#!/bin/bash\nset -e\necho "daily load"\n').toString('base64'),
    BrokerIp: 'any',
    TaskExtConfigurationList: [{ ParamKey: 'extraInfo', ParamValue: '{"fromMapping":false}' }],
  },
  TaskSchedulerConfiguration: {
    CycleType: 'DAY_CYCLE',
    ScheduleTimeZone: 'UTC+8',
    StartTime: '2025-09-02 00:00:00',
    EndTime: '2099-12-31 23:59:59',
    ExecutionStartTime: '00:00',
    ExecutionEndTime: '23:59',
    ScheduleType: '0',
    CalendarOpen: '0',
    CalendarId: '',
    SelfDepend: 'serial',
    RunPriorityType: '6',
    RetryWaitMinute: '5',
    MaxRetryNumber: '3',
    ExecutionTTLMinute: '60',
    WaitExecutionTotalTTLMinute: '120',
    AllowRedoType: 'ALL',
    CrontabExpression: '0 0 0 * * ? *',
    InitStrategy: 'T_PLUS_0',
  },
});
