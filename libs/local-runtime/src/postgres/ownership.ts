/**
 * Who owns a running server: whoever holds one session lock in it. The lock ends with the owner's connection, however the owner dies,
 * so it never has to be cleaned up, and it cannot be confused by pids that are used again.
 */
import { Client } from 'pg';
import { messageOf, systemCode } from '../local-runtime-error';
import { sleep } from '../sleep';
import { userName } from './data-folder';

const lockKeys = [0x54524942, 1] as const;

/** A server whose owner has not taken the lock yet is given this long before it counts as left behind. */
const startupGraceMs = 2_000;

export interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

/** Advisory locks are per database: all questions about ownership are asked in `postgres`. */
export function ownerClient(at: ServerAddress, database = 'postgres'): Client {
  const client = new Client({
    host: '127.0.0.1',
    port: at.port,
    user: userName,
    password: at.password,
    database,
    application_name: 'tributary-owner',
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  });
  // A lost connection is seen by whoever uses the client next, and by the 'end' event.
  client.on('error', () => undefined);
  return client;
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [...lockKeys]);
  return rows[0]?.locked === true;
}

/** `silent`: nobody answers, or it is just starting or stopping. `stranger`: another server than the one of this folder. */
export type Interview = { readonly kind: 'silent' | 'stranger' | 'owned' } | { readonly kind: 'orphan'; readonly client: Client };

/** Asks a running server whose it is. For an orphan the lock is taken, so that of two starts only one will stop it; the caller ends the client. */
export async function interview(at: ServerAddress, clusterDir: string): Promise<Interview> {
  const client = ownerClient(at);
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; held: boolean; age_ms: number }>(
      `select current_setting('data_directory') as directory,
              exists (select 1 from pg_locks
                       where locktype = 'advisory' and granted and classid = $1 and objid = $2
                         and database = (select oid from pg_database where datname = current_database())) as held,
              (extract(epoch from clock_timestamp() - pg_postmaster_start_time()) * 1000)::float8 as age_ms`,
      [...lockKeys],
    );
    const answer = rows[0];
    const kind = answer?.directory !== clusterDir ? 'stranger' : answer.held ? 'owned' : answer.age_ms < startupGraceMs ? 'silent' : 'free';
    if (kind === 'free' && (await tryLock(client))) return { kind: 'orphan', client };
    await client.end();
    return { kind: kind === 'free' ? 'owned' : kind };
  } catch (error) {
    await client.end().catch(() => undefined);
    return { kind: isWrongPassword(error) ? 'stranger' : 'silent' };
  }
}

function isWrongPassword(error: unknown): boolean {
  return ['28P01', '28000'].includes(systemCode(error));
}

export interface Ownership {
  /** The connection no longer keeps our process alive. */
  unref(): void;
  release(): Promise<void>;
}

export interface OwnershipWatch {
  readonly log: (line: string) => void;
  /** Still our server? Asked before each new try. */
  readonly serverLives: () => Promise<boolean>;
  readonly onLost: (why: string) => void;
}

/** Takes the lock and keeps it: a server that restarted itself after a crash of one of its processes is locked again. */
export async function own(at: ServerAddress, watch: OwnershipWatch): Promise<Ownership> {
  let released = false;
  let holding = true;
  let client = await lockedClient(at);
  const lockAgain = async (): Promise<void> => {
    for (let waitMs = 100; !released; waitMs = Math.min(waitMs * 2, 2_000)) {
      if (!(await watch.serverLives())) {
        watch.onLost('the PostgreSQL server is gone');
        return;
      }
      try {
        client = await lockedClient(at);
        follow();
        watch.log('PostgreSQL answers again');
        return;
      } catch (error) {
        watch.log(`PostgreSQL does not answer: ${messageOf(error)}`);
        await sleep(waitMs);
      }
    }
  };
  const follow = (): void => {
    if (!holding) unrefSocket(client);
    client.once('end', () => {
      if (!released) void lockAgain();
    });
  };
  follow();
  return {
    unref() {
      holding = false;
      unrefSocket(client);
    },
    async release() {
      released = true;
      await client.end().catch(() => undefined);
    },
  };
}

/** pg has it since version 8.6; its types do not say so. */
function unrefSocket(client: Client): void {
  if ('unref' in client && typeof client.unref === 'function') (client.unref as () => void).call(client);
}

async function lockedClient(at: ServerAddress): Promise<Client> {
  const client = ownerClient(at);
  try {
    await client.connect();
    // Somebody else's interview may hold it for a moment.
    for (let tries = 0; tries < 100; tries++) {
      if (await tryLock(client)) return client;
      await sleep(50);
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  throw new Error('another process holds the lock of our server');
}
