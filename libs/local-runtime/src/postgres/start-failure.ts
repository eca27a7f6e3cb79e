/** Why a server did not come up, read from what it wrote to its log. Pure. */

/**
 * `port-taken`: try another one. `folder-busy`: somebody else's server, or the last breath of an earlier one, still holds the folder: look again.
 * `other`: nothing that waiting would mend.
 */
export type StartFailure = 'port-taken' | 'folder-busy' | 'other';

export function startFailureOf(logTail: string): StartFailure {
  if (/could not bind|could not create any TCP\/IP sockets|Address already in use/i.test(logTail)) return 'port-taken';
  if (/lock file ".*" already exists|pre-existing shared memory block|still in use/i.test(logTail)) return 'folder-busy';
  return 'other';
}
