/** The findings of a task: in pages, and as a report to keep. */
import { severities, SubTaskType } from '@tributary/facts';
import { htmlStyleSource, renderReport, reportFormats, type Report, type RuleMetadata, showFinding, type SuppressedNote } from '@tributary/findings';
import { type Call, cursorOf, pageQuery, placeOf, type Route, route } from '@tributary/service-kit';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { taskIdOf } from '../tasks/task-id';
import { findingShape, listOf } from '@tributary/http-api';
import { cursor, invalidCursor } from '../tasks/list-cursor';
import { type Handled, headersFor, untilClientGone } from '../upstream/pass-on';
import { type FoundFinding, type MergedFindings, type Place } from './merged-findings';
import { reportsOf, type TaskReportsPorts } from './task-reports';

export interface FindingsRoutesOptions extends TaskReportsPorts {
  readonly findings: MergedFindings;
}

const filters = {
  type: SubTaskType.optional(),
  severity: z.enum(severities).optional(),
  rule: z.string().min(1).max(200).optional(),
  path: z.string().min(1).max(4_096).optional(),
};
const findingsQuery = z.strictObject({ ...filters, ...pageQuery, cursor });
const reportQuery = z.strictObject({ format: z.enum(reportFormats).default('json') });

export function findingsRoutes(options: FindingsRoutesOptions): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/tasks/{taskId}/findings',
        summary: { en: 'The findings of all participants, in deterministic order', zh: '全部参与者的问题，顺序确定' },
        tag: 'findings',
        query: findingsQuery,
        responses: { 200: { says: 'A page of findings, texts in the language asked for.', schema: listOf(findingShape) } },
      },
      (call) => findingsPage(options, call),
    ),
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/tasks/{taskId}/report',
        summary: { en: 'The merged report as a download', zh: '下载合并报告' },
        tag: 'findings',
        query: reportQuery,
        responses: { 200: { says: 'The report in the format asked for; json = { taskId, status, findings }.' } },
      },
      (call) => download(options, call),
    ),
  ];
}

async function findingsPage(options: FindingsRoutesOptions, call: Call<z.infer<typeof findingsQuery>, undefined>): Promise<Handled> {
  const { limit, cursor: given, ...filter } = call.query;
  const from = given === undefined ? undefined : placeFrom(given);
  const reports = await reportsOf(taskIdOf(call), options, headersFor(call));
  const found: FoundFinding[] = [];
  for await (const batch of options.findings.read(reports, { filter, from, signal: untilClientGone(call) })) {
    found.push(...batch.slice(0, limit + 1 - found.length));
    if (found.length > limit) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last ? { nextCursor: cursorOf({ ...last.next }) } : {};
  return { status: 200, body: { items: items.map(({ finding }) => showFinding(finding, call.language)), ...more } };
}

function placeFrom(given: string): Place {
  const { type, offset } = placeOf(given, ['type', 'offset']);
  const place = z.object({ type: SubTaskType, offset: z.number().int().min(0) }).safeParse({ type, offset });
  // An offset written by hand reads from anywhere in the report, and still sees whole findings only.
  if (place.success) return place.data;
  throw invalidCursor();
}

async function download(options: FindingsRoutesOptions, call: Call<z.infer<typeof reportQuery>, undefined>): Promise<Handled> {
  const { taskId, status, product, version, ...rest } = await reportsOf(taskIdOf(call), options, headersFor(call));
  const rules = new Map<string, RuleMetadata>();
  const suppressed: SuppressedNote[] = [];
  const findings = options.findings.each(
    { taskId, status, product, version, ...rest },
    {
      signal: untilClientGone(call),
      onHeader: (header) => {
        for (const rule of header.rules) rules.set(rule.id, rule);
        suppressed.push(...(header.suppressed ?? []));
      },
    },
  );
  const report: Report = { taskId, status, product, version, language: call.language, findings, rules: (id) => rules.get(id), suppressed };
  const { mediaType, fileName, body } = renderReport(call.query.format, report);
  // The first part before the head: what is away is a problem document then, not a torn download.
  const first = await body.next();
  call.response.status(200).set({
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${fileName}"`,
    'content-security-policy': `default-src 'none'; style-src ${htmlStyleSource}; sandbox`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  try {
    await pipeline(Readable.from(joined(first, body), { objectMode: true }), call.response);
  } catch (error) {
    options.log.warn({ err: error, taskId }, 'a report broke off');
    call.response.destroy();
  }
  return undefined;
}

async function* joined<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
