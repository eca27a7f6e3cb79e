/** The versions of a product, and what has changed from one to another. */
import { compareVersions, type ReportedFinding, showFinding } from '@tributary/findings';
import { type Call, notFound, pageQuery, Problem, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { cursor } from '../tasks/list-cursor';
import { comparisonShape, listOf, productShape, productVersionShape } from '@tributary/http-api';
import { type Handled, headersFor, passOn, pathOf, untilClientGone } from '../upstream/pass-on';
import { type FindingsRoutesOptions } from './findings.routes';
import { reportsOf } from './task-reports';

const productsPath = '/api/v1/gate/products';
const productPath = `${productsPath}/{product}`;
const compareQuery = z.strictObject({ base: z.string().min(1).max(255), head: z.string().min(1).max(255) });
/** Of one version; both are held in memory while they are compared. */
const comparedMax = 100_000;

export function productRoutes(options: FindingsRoutesOptions): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: productsPath,
        summary: { en: 'Products by name, each with its latest task', zh: '产品列表及其最近任务' },
        tag: 'products',
        query: z.strictObject({ ...pageQuery, cursor }),
        responses: { 200: { says: 'A page of products; up to 100 versions of one are counted.', schema: listOf(productShape) } },
      },
      (call) => passOn(options.coordinator, call, { method: 'GET', path: pathOf(call), headers: headersFor(call) }),
    ),
    route(
      {
        method: 'GET',
        path: `${productPath}/versions`,
        summary: { en: 'The versions of a product with their verdicts', zh: '产品的版本及其结论' },
        tag: 'products',
        query: z.strictObject({ ...pageQuery, cursor }),
        responses: { 200: { says: 'A page of versions.', schema: listOf(productVersionShape) } },
      },
      (call) => passOn(options.coordinator, call, { method: 'GET', path: pathOf(call), headers: headersFor(call) }),
    ),
    route(
      {
        method: 'GET',
        path: `${productPath}/compare`,
        summary: { en: "What two versions' latest tasks found: new, fixed, unchanged", zh: '比较两个版本的问题：新增、已修复、未变' },
        tag: 'products',
        query: compareQuery,
        responses: { 200: { says: 'The findings, matched by fingerprint.', schema: comparisonShape } },
      },
      (call) => compare(options, call),
    ),
  ];
}

async function compare(options: FindingsRoutesOptions, call: Call<z.infer<typeof compareQuery>, undefined>): Promise<Handled> {
  const [base, head] = await Promise.all([call.query.base, call.query.head].map((version) => findingsOf(options, call, version)));
  const compared = compareVersions(base ?? [], head ?? []);
  const shown = (list: readonly ReportedFinding[]) => list.map((finding) => showFinding(finding, call.language));
  return { status: 200, body: { new: shown(compared.new), fixed: shown(compared.fixed), unchanged: shown(compared.unchanged) } };
}

async function findingsOf(options: FindingsRoutesOptions, call: Call, version: string): Promise<ReportedFinding[]> {
  const reports = await reportsOf(await latestTask(options, call, version), options, headersFor(call));
  const found: ReportedFinding[] = [];
  for await (const finding of options.findings.each(reports, { signal: untilClientGone(call) })) {
    found.push(finding);
    if (found.length > comparedMax) throw tooMany(version);
  }
  return found;
}

const TaskPage = z.looseObject({ items: z.array(z.looseObject({ taskId: z.uuid() })) });

/** The first of the list of tasks, which begins with the newest. */
async function latestTask({ coordinator }: FindingsRoutesOptions, call: Call, version: string): Promise<string> {
  const product = call.params['product'] ?? '';
  const query = new URLSearchParams({ product, version, limit: '1' });
  const { status, body } = await coordinator.json(`/api/v1/gate/tasks?${query.toString()}`, headersFor(call));
  const tasks = TaskPage.safeParse(body);
  if (status !== 200 || !tasks.success) throw coordinator.problem(new Error(`the coordinator answered ${status} for the tasks of ${product} ${version}`));
  const [latest] = tasks.data.items;
  if (latest) return latest.taskId;
  throw notFound({ en: `${product} has no version ${version}.`, zh: `产品 ${product} 没有版本 ${version}。` });
}

function tooMany(version: string): Problem {
  const detail = {
    en: `Version ${version} has more than ${comparedMax} findings; compare its reports instead.`,
    zh: `版本 ${version} 的问题超过 ${comparedMax} 条，请改为比较其报告。`,
  };
  return new Problem(422, 'TOO_MANY_FINDINGS', detail);
}
