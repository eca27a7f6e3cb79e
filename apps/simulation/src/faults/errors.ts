/** How trouble looks to those who have it: as the real adapters would say it. */

/** A database error that says nothing about the work: `isTransient` of the persistence lib knows the code. */
export class DatabaseTrouble extends Error {
  override readonly name = 'DatabaseTrouble';

  constructor(
    readonly code: '40001' | '08006' | 'ECONNREFUSED',
    message: string,
  ) {
    super(message);
  }
}

/** What a dead process's transaction is ended with. Nobody alive ever sees it. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** The bus cannot be reached. */
export class BusAway extends Error {
  override readonly name = 'BusAway';
}
