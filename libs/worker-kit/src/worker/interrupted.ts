/** Why somebody ends a run that is under way. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** CANCELLED: nobody wants it any more; LOST: it is another's now; STOPPING: this process goes, the run does not. */
  constructor(readonly why: 'CANCELLED' | 'LOST' | 'STOPPING') {
    super(`the run was interrupted: ${why}`);
  }
}
