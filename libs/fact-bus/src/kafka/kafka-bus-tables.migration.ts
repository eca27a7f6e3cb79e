/** What a service on Kafka keeps in its own schema: its outbox, and the memory of its groups. All names begin with `bus_`. */
import { groupTables } from '../postgres/group-tables';

/** What goes before the names of the tables; they are found through the service's search path. */
export const kafkaTables = 'bus_';

/** Forward only. For the migrations of every service that publishes or subscribes through Kafka. */
export class KafkaBusTables1763700000100 {
  readonly name = 'KafkaBusTables1763700000100';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}

const statements = [
  /*
   * `raw` is a dead letter's record as it came; a fact of our own has none. Rows go once the broker has acknowledged them, which may
   * be millions a day: vacuum early.
   */
  `CREATE TABLE bus_outbox (
     topic text NOT NULL, partition int NOT NULL, position bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
     key text NOT NULL, body text NOT NULL, raw text, appended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (topic, partition, position)) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  /*
   * The outbox's name to the world: positions are comparable within one incarnation. After a restore from a backup the positions
   * begin again from an earlier place, and the incarnation must be renewed (see README) or consumers take new facts for repetitions.
   */
  `CREATE TABLE bus_outbox_state (one boolean PRIMARY KEY DEFAULT true CHECK (one), incarnation uuid NOT NULL DEFAULT gen_random_uuid())`,
  `INSERT INTO bus_outbox_state DEFAULT VALUES`,
  ...groupTables('bus_'),
  `CREATE TABLE bus_high_water (
     group_name text NOT NULL, topic text NOT NULL, partition int NOT NULL, outbox text NOT NULL, sequence bigint NOT NULL,
     heard_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (group_name, topic, partition, outbox)) WITH (fillfactor = 50)`,
  // Facts of foreign producers, who have no sequence: known by their identity and what they said. Kept as long as a topic keeps its records.
  `CREATE TABLE bus_seen_fact (
     group_name text NOT NULL, topic text NOT NULL, partition int NOT NULL, digest bytea NOT NULL, seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (group_name, topic, partition, digest))`,
  `CREATE INDEX bus_seen_fact_by_time ON bus_seen_fact (seen_at)`,
  /*
   * Appending takes the partitions' locks, ascending, right before the insert: positions of a partition then appear in commit order,
   * and the position is the sequence number. The caller has taken all its row locks before.
   */
  `CREATE FUNCTION bus_append(topics text[], partitions int[], keys text[], bodies text[], raws text[]) RETURNS void LANGUAGE plpgsql AS $$
   DECLARE target record;
   BEGIN
     FOR target IN SELECT DISTINCT t.topic, t.partition FROM unnest(topics, partitions) AS t(topic, partition) ORDER BY 1, 2 LOOP
       PERFORM pg_advisory_xact_lock(hashtextextended('tributary:outbox:' || current_schema() || '/' || target.topic || '/' || target.partition, 0));
     END LOOP;
     INSERT INTO bus_outbox (topic, partition, key, body, raw)
       SELECT f.topic, f.partition, f.key, f.body, f.raw
       FROM unnest(topics, partitions, keys, bodies, raws) WITH ORDINALITY AS f(topic, partition, key, body, raw, n) ORDER BY f.n;
   END $$`,
];
