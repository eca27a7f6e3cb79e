/** `tributary policy simulate`: the coordinator's own core on a clock made of numbers. */
import { existsSync } from 'node:fs';
import { renderExplanation, type Simulation, simulateWindow } from '@tributary/convergence';
import { builtInPolicies, PolicySnapshot } from '@tributary/facts';
import { CommandFailure } from '../failure';
import { paintedStatus } from '../gate/words';
import { type Invocation } from '../invocation';
import { localText } from '../local-file';
import { durationText } from '../quantities';
import { plain } from '../style';
import { type EventFile, FactsFileFault, readEvents } from './event-file';
import { checkPolicyText } from './policy-file';
import { timeLine } from './time-line';

interface Simulated {
  readonly policy: PolicySnapshot;
  readonly simulation: Simulation;
}

export async function simulatePolicies(invocation: Invocation): Promise<number> {
  const file = invocation.argument(0);
  const given = events(await localText(invocation, file), file, invocation);
  const names = invocation.options('policy');
  const policies: PolicySnapshot[] = [];
  for (const name of names.length === 0 ? ['default', 'fast'] : names) policies.push(await policyNamed(invocation, name));
  const simulated = policies.map((policy) => ({ policy, simulation: simulateWindow({ facts: given.events, policy, knownTypes: given.knownTypes }) }));
  if (invocation.json) invocation.printJson({ simulations: simulated.map((each) => documentOf(each, invocation)) });
  else printAll(given, simulated, invocation);
  return 0;
}

function events(text: string, file: string, invocation: Invocation): EventFile {
  try {
    return readEvents(text, file);
  } catch (error) {
    if (!(error instanceof FactsFileFault)) throw error;
    const { line, why, whyValues } = error;
    throw new CommandFailure('INVALID_FILE', 'factsFileInvalid', { file, line, why: invocation.text(why, whyValues) });
  }
}

/** A built-in one, a file, or one of the server. */
async function policyNamed(invocation: Invocation, name: string): Promise<PolicySnapshot> {
  const builtIn = Object.hasOwn(builtInPolicies, name) ? builtInPolicies[name] : undefined;
  if (builtIn) return builtIn;
  if (/\.(ya?ml|json)$/i.test(name) || existsSync(invocation.pathOf(name))) {
    const { policy, errors } = checkPolicyText(await localText(invocation, name), invocation.language);
    const [first] = errors;
    if (first) throw new CommandFailure('INVALID_POLICY', 'factsFileInvalid', { file: name, line: first.line, why: first.message });
    return PolicySnapshot.parse({ ...policy, id: name, revision: 0 });
  }
  return PolicySnapshot.parse(await invocation.client().policy(name, { signal: invocation.signal }));
}

function documentOf({ policy, simulation: { closedAtMs, verdict, lateFactIds, state } }: Simulated, { language }: Invocation): Record<string, unknown> {
  const { rule, text } = renderExplanation(verdict.explanation, language);
  const late = Object.values(state.claims).flatMap(({ id, type }) => (lateFactIds.includes(id) ? [type] : []));
  return { policy: policy.id, closedAtMs, status: verdict.status, rule: rule?.id, text, late: [...new Set(late)], verdictHash: verdict.verdictHash };
}

function printAll({ events: given }: EventFile, simulated: readonly Simulated[], invocation: Invocation): void {
  const { style } = invocation;
  const last = Math.max(0, ...given.map(({ atMs }) => atMs), ...simulated.map(({ simulation }) => simulation.closedAtMs));
  for (const { policy, simulation } of simulated) {
    const { participationMs, gapMs, deadlineMs } = policy;
    const { closedAtMs, verdict, lateFactIds } = simulation;
    const durations = { participation: durationText(participationMs), gap: durationText(gapMs), deadline: durationText(deadlineMs) };
    const late = given.filter(({ fact }) => lateFactIds.includes(fact.id)).map(({ type }) => type);
    invocation.print(
      style('strong', invocation.text('simulationOf', { id: plain(policy.id), ...durations })),
      ...timeLine(
        { events: given, participationMs, closedAtMs, untilMs: last, columns: invocation.columns, windowLabel: invocation.text('axisWindow') },
        style,
      ),
      `  ${invocation.text('simulationClosed', { at: durationText(closedAtMs), status: paintedStatus(verdict.status, invocation, style) })}`,
      ...(late.length === 0 ? [] : [`  ${style('fair', invocation.text('simulationLate', { types: [...new Set(late)].join(', ') }))}`]),
      ...(invocation.quiet ? [] : [`  ${plain(renderExplanation(verdict.explanation, invocation.language).text)}`]),
      '',
    );
  }
  if (!invocation.quiet) invocation.print(style('dim', invocation.text('legend')));
}
