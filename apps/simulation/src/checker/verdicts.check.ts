/** I1, I2: one verdict for every revision, and the one that the judged facts give. Pure. */
import { canonicalJson, sha256Hex } from '@tributary/facts';
import { decideAnew, type Policy } from './decision-table';
import { type Books, firstTold, type Mark, markOf, type Reading, type SettledVerdict, type ToldFact, uploadedTasks } from './reading';
import { type Violation, violation } from './violation';

const verdictTypes = ['MainTaskConverged', 'MainTaskReconverged'];

export function checkVerdicts(reading: Reading): readonly Violation[] {
  const uploaded = new Set(uploadedTasks(reading));
  const unknown = reading.accepted.filter(({ taskId }) => !uploaded.has(taskId));
  return [
    ...unknown.map(({ taskId }) => violation('lost', taskId, 'the upload was accepted, and ZipUploaded is not on the log')),
    ...[...uploaded].flatMap((taskId) => checkTask(reading, taskId)),
  ];
}

function checkTask(reading: Reading, taskId: string): readonly Violation[] {
  const told = (reading.factsOf.get(taskId) ?? []).filter(({ type }) => verdictTypes.includes(type));
  const books = reading.books.get(taskId);
  const byRevision = Map.groupBy(told, ({ data }) => Number(data['revision']));
  const found: Violation[] = [];
  if (!byRevision.has(1)) found.push(violation('stuck', taskId, 'no verdict'));
  for (const [revision, facts] of byRevision) {
    const hashes = new Set(facts.map(({ id, data }) => `${id} ${String(data['verdictHash'])}`));
    if (hashes.size > 1) found.push(violation('conflicting-verdict', taskId, `revision ${revision}: ${[...hashes].join(' and ')}`));
  }
  if (!books) return [...found, violation('lost', taskId, 'there is no ledger')];
  for (const revision of byRevision.keys())
    if (!books.verdicts.some((verdict) => verdict.revision === revision))
      found.push(violation('silent-revision', taskId, `revision ${revision} was told, and is not kept`));
  for (const verdict of books.verdicts) found.push(...checkSettled(reading, taskId, verdict, byRevision.get(verdict.revision)?.[0]));
  return [...found, ...checkStanding(taskId, books)];
}

/** What a reader is shown is the newest revision. */
function checkStanding(taskId: string, { task, verdicts }: Books): readonly Violation[] {
  const newest = verdicts.at(-1);
  if (!task || !newest) return [];
  const same = task.revision === newest.revision && task.status === newest.status && task.verdictHash === newest.verdictHash;
  return same
    ? []
    : [violation('silent-revision', taskId, `the task shows ${task.status} (${task.revision}), its verdict says ${newest.status} (${newest.revision})`)];
}

function checkSettled(reading: Reading, taskId: string, verdict: SettledVerdict, told: ToldFact | undefined): readonly Violation[] {
  const { revision, round, canonical, verdictHash, recorded } = verdict;
  const wrong = (detail: string): Violation => violation('wrong-verdict', taskId, `revision ${revision}: ${detail}`);
  if (!told) return [violation('silent-revision', taskId, `revision ${revision} is kept, and nobody was told`)];
  const found: Violation[] = [];
  if (told.data['verdictHash'] !== verdictHash || told.data['status'] !== verdict.status)
    found.push(violation('silent-revision', taskId, `revision ${revision} was told otherwise`));
  if (sha256Hex(canonical) !== verdictHash) found.push(wrong('the hash is not that of the canonical bytes'));
  const said = JSON.parse(canonical) as { status: string; rule: { id: string }; closedBy: string; included: readonly Mark[] };
  if (canonicalJson(said) !== canonical) found.push(wrong('the bytes are not canonical'));
  if (digestOf(said.included) !== digestOf(recorded)) found.push(wrong('it judged other facts than the ledger holds up to its cutoff'));
  const facts = recorded.flatMap((mark) => reading.byMark.get(markOf(mark)) ?? []);
  if (facts.length !== new Set(recorded.map(markOf)).size) found.push(wrong('it judged a fact that nobody told'));
  const policy = policyOf(reading, taskId);
  if (!policy) return [...found, wrong('nobody told the policy')];
  const anew = decideAnew(facts, said.closedBy, policy);
  if (anew.status !== said.status || anew.status !== verdict.status || anew.rule !== said.rule.id)
    found.push(wrong(`${said.status} by ${said.rule.id}, but these facts give ${anew.status} by ${anew.rule}`));
  return [...found, ...checkClosing(reading, taskId, { closedBy: said.closedBy, round, revision, facts, outcomes: [...anew.outcome.values()] })];
}

interface Closing {
  readonly closedBy: string;
  readonly round: number;
  readonly revision: number;
  readonly facts: readonly ToldFact[];
  readonly outcomes: readonly string[];
}

/** A close says why, and how what it judged hashes. */
function checkClosing(reading: Reading, taskId: string, { closedBy, round, revision, facts, outcomes }: Closing): readonly Violation[] {
  const closes = firstTold(reading, taskId).filter(({ type, data }) => type === 'WindowClosed' && data['round'] === round);
  const [close] = closes;
  if (!close || closes.length > 1) return [violation('conflicting-verdict', taskId, `round ${round} was closed ${closes.length} times`)];
  const wrong = (detail: string): Violation => violation('wrong-verdict', taskId, `round ${round}: ${detail}`);
  const found: Violation[] = [];
  if (close.data['closedBy'] !== closedBy) found.push(wrong(`closed by ${String(close.data['closedBy'])}, judged as closed by ${closedBy}`));
  const firstOfRound = !reading.books.get(taskId)?.verdicts.some((verdict) => verdict.round === round && verdict.revision < revision);
  if (!firstOfRound) return found;
  if (close.data['digest'] !== digestOf(facts)) found.push(wrong('the digest of the close is not that of what was judged'));
  if (closedBy === 'QUIET' && outcomes.includes('RUNNING')) found.push(wrong('closed as quiet while somebody was at work'));
  const cancelled = facts.some(({ type }) => type === 'CancelRequested');
  if (cancelled !== (closedBy === 'CANCELLED')) found.push(wrong(`closed by ${closedBy} although a cancel was ${cancelled ? '' : 'not '}recorded`));
  return found;
}

export function policyOf({ facts }: Reading, taskId: string): Policy | undefined {
  return facts.find(({ key, type }) => key === taskId && type === 'ZipUploaded')?.data['policy'] as Policy | undefined;
}

function digestOf(marks: readonly Mark[]): string {
  const sorted = [...new Map(marks.map((mark) => [markOf(mark), { id: mark.id, payloadHash: mark.payloadHash }]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(canonicalJson(sorted.map(([, mark]) => mark)));
}
