/** What the rules behind a task's findings are about, as the workers' reports say it: the gateway knows no rule and no worker. */
import { SubTaskType } from '@tributary/facts';
import { inLanguage, type Language, type RuleMetadata } from '@tributary/findings';
import { listOf, ruleShape, type ShownRule } from '@tributary/http-api';
import { type Call, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { taskIdOf } from '../tasks/task-id';
import { type Handled, headersFor } from '../upstream/pass-on';
import { type FindingsRoutesOptions } from './findings.routes';
import { reportsOf } from './task-reports';

const query = z.strictObject({ type: SubTaskType.optional(), rule: z.string().min(1).max(200).optional() });

export function ruleRoutes(options: FindingsRoutesOptions): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/v1/gate/tasks/{taskId}/rules',
        summary: { en: "The rules that the participants' reports describe", zh: '各参与者报告所说明的规则' },
        tag: 'findings',
        query,
        responses: { 200: { says: 'All of them, by type; a worker that describes none is not in it.', schema: listOf(ruleShape) } },
      },
      (call) => described(options, call),
    ),
  ];
}

async function described(options: FindingsRoutesOptions, call: Call<z.infer<typeof query>, undefined>): Promise<Handled> {
  const reports = await reportsOf(taskIdOf(call), options, headersFor(call));
  const items: ShownRule[] = [];
  for await (const { type, header } of options.findings.headers(reports, call.query.type))
    for (const rule of header.rules) if (call.query.rule === undefined || call.query.rule === rule.id) items.push(shown(type, rule, call.language));
  return { status: 200, body: { items } };
}

function shown(type: string, { id, title, why, ...rest }: RuleMetadata, language: Language): ShownRule {
  return {
    type,
    id,
    ...(title !== undefined && { title: inLanguage(title, language) }),
    ...(why !== undefined && { why: inLanguage(why, language) }),
    ...rest,
  };
}
