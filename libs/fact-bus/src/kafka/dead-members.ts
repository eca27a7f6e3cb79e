/**
 * Sees members of a group out whose process is dead. Kafka itself waits for the end of their session, which must be long enough for
 * a busy event loop; PostgreSQL knows at once, because a process holds a session lock for as long as it lives. Whoever joins looks
 * first, so a service that was killed is back with its share as soon as it is started again.
 */
import { type BusDatabase, type Session } from '../postgres/bus-database';
import { lockKeyOf } from '../postgres/lock-key';
import { type LazyAdmin, type LazyCluster } from './kafka-client';

/** The first key of the processes' locks. */
const lifeLockClass = 1_414_677_845;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a process calls itself to the brokers: its service and its own identity. */
export const clientIdOf = (service: string, member: string): string => `${service}@${member}`;

function memberOf(clientId: string, service: string): string | undefined {
  const member = clientId.slice(service.length + 1);
  return clientId.startsWith(`${service}@`) && uuid.test(member) ? member : undefined;
}

/** Held until the session ends. */
export async function showLife(session: Session, member: string): Promise<void> {
  await session.query('SELECT pg_try_advisory_lock($1, $2)', [lifeLockClass, lockKeyOf(member)]);
}

/** kafkajs can say it, but its types do not tell. */
interface GroupBroker {
  leaveGroup(member: { readonly groupId: string; readonly memberId: string }): Promise<unknown>;
}

export class DeadMembers {
  constructor(
    private readonly clients: { readonly admin: LazyAdmin; readonly cluster: LazyCluster },
    private readonly database: BusDatabase,
    private readonly service: string,
    private readonly member: string,
  ) {}

  /** Answers how many were seen out. */
  async seeOut(groupId: string): Promise<number> {
    const { groups } = await this.clients.admin.use((admin) => admin.describeGroups([groupId]));
    const named = groups
      .flatMap(({ members }) => members)
      .flatMap(({ memberId, clientId }) => {
        const member = memberOf(clientId, this.service);
        return member === undefined || member === this.member ? [] : [{ memberId, member }];
      });
    if (named.length === 0) return 0;
    const living = await this.#living();
    const dead = named.filter(({ member }) => !living.has(lockKeyOf(member)));
    if (dead.length === 0) return 0;
    await this.clients.cluster.use(async ({ cluster }) => {
      const broker = (await cluster.findGroupCoordinator({ groupId })) as unknown as GroupBroker;
      for (const { memberId } of dead) await broker.leaveGroup({ groupId, memberId });
    });
    return dead.length;
  }

  async #living(): Promise<ReadonlySet<number>> {
    const rows = await this.database.query<{ key: number }>(
      `SELECT objid::bigint AS key FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::bigint AND objsubid = 2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [lifeLockClass],
    );
    return new Set(rows.map(({ key }) => key));
  }
}
