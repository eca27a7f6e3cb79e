/** `tributary gate show` and `tributary gate explain` */
import { items } from '@tributary/api-client';
import { type Explanation, type Task } from '@tributary/http-api';
import { type Invocation } from '../invocation';
import { bytesText, clockText, dateText, durationText } from '../quantities';
import { padded, plain, widthOf } from '../style';
import { roundOf, waitText } from '../watch/lanes';
import { participantTable } from '../watch/verdict';
import { findTask } from './find-task';
import { changeText, closedText, factText, paintedStatus, tookMs } from './words';

export async function showTask(invocation: Invocation): Promise<number> {
  const task = await findTask(invocation.client(), invocation, invocation.argument(0));
  if (invocation.json) invocation.printJson(task);
  else invocation.print(...taskLines(task, invocation));
  return 0;
}

function taskLines(task: Task, invocation: Invocation): string[] {
  const { package: file, window } = task;
  const { window: open } = roundOf(task);
  const round = task.round > 1 ? ` · ${invocation.text('round', { round: task.round })}` : '';
  const took = tookMs(task);
  const facts: [string, string][] = [
    [invocation.text('labelTask'), task.taskId],
    [invocation.text('labelPackage'), `${plain(file.fileName)}  ${bytesText(file.size)}  sha256 ${file.sha256.slice(0, 12)}…`],
    [invocation.text('labelCreated'), `${dateText(task.createdAt)}${round}`],
    [
      invocation.text('labelWindow'),
      window.closedBy === undefined || task.openRound
        ? invocation.text('windowOpen', {
            participation: durationText(open.participationMs),
            gap: durationText(open.gapMs),
            deadline: durationText(open.deadlineMs),
          })
        : invocation.text('windowClosed', { after: durationText(took ?? 0), by: closedText(window.closedBy, invocation) }),
    ],
    ...(task.verdictHash === undefined ? [] : [[invocation.text('labelVerdict'), `sha256 ${task.verdictHash}`] as [string, string]]),
    ...(task.traceId === undefined ? [] : [[invocation.text('labelTrace'), task.traceId] as [string, string]]),
  ];
  const isOpen = task.openRound !== undefined || window.closedBy === undefined;
  return [
    `${paintedStatus(task.status, invocation, invocation.style)}  ${invocation.style('strong', plain(`${task.product} ${task.version}`))}`,
    ...labelled(facts, invocation),
    ...participantTable(roundOf(task), invocation),
    ...(isOpen ? [`  ${invocation.style('dim', waitText(task, invocation.world.now(), invocation))}`] : []),
  ];
}

export async function explainTask(invocation: Invocation): Promise<number> {
  const client = invocation.client();
  const { signal } = invocation;
  const task = await findTask(client, invocation, invocation.argument(0));
  const explanation = await client.explanation(task.taskId, { signal });
  if (invocation.json) {
    invocation.printJson(explanation);
    return 0;
  }
  const witness = new Set(explanation.witness);
  const told: string[] = [];
  if (witness.size > 0) {
    for await (const fact of items((page) => client.facts(task.taskId, page, { signal })))
      if (witness.has(fact.id)) told.push(`${clockText(fact.time)}  ${factText(fact, invocation)}`);
  }
  invocation.print(...explanationLines(task, explanation, told, invocation));
  return 0;
}

function explanationLines(task: Task, explanation: Explanation, witness: readonly string[], invocation: Invocation): string[] {
  const { rule, closed, counterfactuals, conflicts } = explanation;
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', invocation.style('strong', title), ...lines.map((line) => `  ${line}`)];
  return [
    `${paintedStatus(explanation.status, invocation, invocation.style)}  ${invocation.style('strong', plain(`${task.product} ${task.version}`))}`,
    '',
    plain(explanation.text),
    ...block(invocation.text('labelRule'), rule ? [`${invocation.style('accent', plain(rule.id))}  ${plain(rule.text)}`] : []),
    ...block(invocation.text('labelClosed'), closed ? [`${clockText(closed.at)}  ${plain(closed.because)}`] : []),
    ...block(invocation.text('labelWitness'), witness),
    ...block(invocation.text('labelOtherwise'), counterfactuals.map(changeText)),
    ...block(
      invocation.text('labelConflicts'),
      conflicts.map((conflict) => plain(typeof conflict['text'] === 'string' ? conflict['text'] : conflict.kind)),
    ),
    '',
    invocation.style('strong', invocation.text('labelParticipants')),
    ...participantTable(explanation, invocation),
  ];
}

function labelled(facts: readonly (readonly [string, string])[], { style }: Pick<Invocation, 'style'>): string[] {
  const width = Math.max(...facts.map(([label]) => widthOf(label)));
  return facts.map(([label, says]) => `  ${style('dim', padded(label, width))}  ${says}`);
}
