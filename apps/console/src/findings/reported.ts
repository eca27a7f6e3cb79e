/** Whether findings may still come, when they have, and how many. Pure. */
import { type Task } from '@tributary/http-api';
import { totalCounts } from '../lists/total-counts';

/** As the participants count in their facts, which may be more than their reports hold. */
export function findingsCounted({ participants }: Pick<Task, 'participants'>): number {
  return Object.values(totalCounts(participants)).reduce((sum, count) => sum + count, 0);
}

/** A window is open: of the first round, or of another look. */
export function isOpen({ revision, openRound }: Pick<Task, 'revision' | 'openRound'>): boolean {
  return revision === 0 || openRound !== undefined;
}

/** Changes with whose reports there are: somebody has come to an end, in this round or in the next, or the verdict was amended. */
export function reportedBy({ round, revision, participants, openRound }: Pick<Task, 'round' | 'revision' | 'participants' | 'openRound'>): string {
  const ended = [{ round, participants }, ...(openRound ? [openRound] : [])].flatMap((each) =>
    each.participants
      .filter(({ outcome }) => outcome !== undefined && outcome !== 'RUNNING')
      .map(({ type, attempt, outcome }) => [each.round, type, attempt, outcome]),
  );
  return JSON.stringify([revision, ended]);
}
