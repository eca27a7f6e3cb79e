/** When the findings of a task are others than before. Pure. */
import { type Task } from '@tributary/http-api';

/** Changes with whose reports there are: somebody has come to an end, in this round or in the next, or the verdict was amended. */
export function reportedBy({ round, revision, participants, openRound }: Pick<Task, 'round' | 'revision' | 'participants' | 'openRound'>): string {
  const ended = [{ round, participants }, ...(openRound ? [openRound] : [])].flatMap((each) =>
    each.participants
      .filter(({ outcome }) => outcome !== undefined && outcome !== 'RUNNING')
      .map(({ type, attempt, outcome }) => [each.round, type, attempt, outcome]),
  );
  return JSON.stringify([revision, ended]);
}
