/** Where the findings of a task are: what the coordinator knows of its participants' reports, of which only safe places are followed. */
import { ReportRef, SubTaskType, taskStatuses, type TaskStatus } from '@tributary/facts';
import { compareBytes } from '@tributary/findings';
import { keyOfUri } from '@tributary/package-store';
import { type Log } from '@tributary/service-kit';
import { z } from 'zod';
import { knownUpload } from '../tasks/known-upload';
import { type UploadMemory } from '../upload/upload.memory';
import { type Upstream } from '../upstream/upstream';

/** One participant's report; it may still turn out to be another one than the fact says. */
export interface ReportSource {
  readonly type: string;
  readonly key: string;
  /** As its fact says. */
  readonly size?: number | undefined;
  readonly sha256?: string | undefined;
}

export interface TaskReports {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly product: string;
  readonly version: string;
  /** One for a type, sorted by type. */
  readonly sources: readonly ReportSource[];
}

const participantsMax = 256;
const ReportsAnswer = z.looseObject({
  status: z.enum(taskStatuses),
  product: z.string(),
  version: z.string(),
  items: z.array(z.looseObject({ type: SubTaskType, report: ReportRef.nullish() })).max(participantsMax),
});

export const reportPrefix = (taskId: string): string => `tasks/${taskId}/reports/`;

export interface TaskReportsPorts {
  readonly coordinator: Upstream;
  readonly uploads: Pick<UploadMemory, 'find'>;
  readonly log: Log;
}

/** Rejects with a `Problem`: 404 for a task that nobody uploaded, 503 when the coordinator cannot be asked. */
export async function reportsOf(
  taskId: string,
  { coordinator, uploads, log }: TaskReportsPorts,
  headers: Readonly<Record<string, string>>,
): Promise<TaskReports> {
  const { status, body } = await coordinator.json(`/internal/tasks/${taskId}/reports`, headers);
  if (status === 404) {
    const upload = await knownUpload(uploads, taskId);
    return { taskId, status: 'INIT', product: upload.product, version: upload.version, sources: [] };
  }
  const answer = ReportsAnswer.safeParse(body);
  if (status !== 200 || !answer.success) throw coordinator.problem(new Error(`the coordinator answered ${status} for the reports of ${taskId}`));
  const { items, ...rest } = answer.data;
  const sources = items.flatMap(({ type, report }) => (report ? sourceOf(taskId, type, report, log) : []));
  return { taskId, status: rest.status, product: rest.product, version: rest.version, sources: sources.sort((a, b) => compareBytes(a.type, b.type)) };
}

/** A worker names the place itself; any other than the task's own prefix counts as no report. */
function sourceOf(taskId: string, type: string, { uri, size, sha256 }: ReportRef, log: Log): ReportSource[] {
  const key = keyOfUri(uri);
  if (key?.startsWith(reportPrefix(taskId))) return [{ type, key, size, sha256 }];
  log.warn({ taskId, type, uri }, 'a report lies outside of the place of its task and is not followed');
  return [];
}
