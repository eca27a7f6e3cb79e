/** The end of watching: what came out, and the exit code that says so. */
import { type ApiClient } from '@tributary/api-client';
import { type Explanation, type Task } from '@tributary/http-api';
import { paintedStatus, participantLine, tookMs } from '../gate/words';
import { type Invocation } from '../invocation';
import { durationText } from '../quantities';
import { plain, table } from '../style';

/** Who has something to say first. */
const kinds: readonly string[] = ['joined', 'unreachable', 'late', 'silent', 'declined'];

/** 0 or 1, by `--fail-on`. A cancelled task says nothing about its package: 2. */
export function exitCodeOf(status: string, failOn: string | undefined): number {
  if (failOn === 'never') return 0;
  if (status === 'CANCELLED') return 2;
  if (status === 'SUCCESS') return 0;
  if (status === 'PARTIAL_SUCCESS') return failOn === 'failed' ? 0 : 1;
  return 1;
}

/** Prints the verdict, explained; answers the exit code. */
export async function tellVerdict(client: ApiClient, invocation: Invocation, task: Task, form: 'document' | 'line' = 'document'): Promise<number> {
  const explanation = await client.explanation(task.taskId, { signal: invocation.signal });
  const { taskId, status, revision } = task;
  if (invocation.json) invocation.printJson({ taskId, status, revision, task, explanation }, form);
  else invocation.print(...verdictLines(task, explanation, invocation));
  return exitCodeOf(status, invocation.option('failOn'));
}

function verdictLines(task: Task, explanation: Explanation, invocation: Invocation): string[] {
  const { style, text } = spoken(invocation);
  const took = durationText(tookMs(task) ?? 0);
  const head = `${paintedStatus(task.status, invocation, style)}  ${text('verdictLine', { product: plain(task.product), version: plain(task.version), revision: task.revision, took })}`;
  if (invocation.quiet) return [head];
  const { taskId } = task;
  return [
    head,
    ...participantTable(task, invocation),
    '',
    plain(explanation.text),
    '',
    style('dim', text('nextExplain', { command: invocation.commandLine('gate', 'explain', taskId) })),
    style('dim', text('nextFindings', { command: invocation.commandLine('gate', 'findings', taskId) })),
    style('dim', text('nextBrowser', { url: invocation.pageOf(taskId) })),
  ];
}

export function participantTable({ participants }: Pick<Task, 'participants'>, invocation: Invocation): string[] {
  const sorted = [...participants].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const lines = sorted.map((participant) => participantLine(participant, invocation));
  return table(
    lines.map(({ sign, type, says }) => [`  ${sign}`, type, says]),
    (cell, column, row) => (column === 1 ? cell : invocation.style(lines[row]?.tone ?? 'dim', cell)),
  );
}

function spoken(invocation: Invocation): { readonly style: Invocation['style']; readonly text: Invocation['text'] } {
  return { style: invocation.style, text: (key, values) => invocation.text(key, values) };
}
