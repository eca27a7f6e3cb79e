/** The schema `bus`: the fact log, who reads it and how far, what waits, what was given up. */

import { groupTables } from './group-tables';

/** Forward only. `clock_timestamp()` everywhere: a transaction's own time stands still. */
export class BusSchema1763700000000 {
  readonly name = 'BusSchema1763700000000';

  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations run forward only.'));
  }
}

const statements = [
  `CREATE TABLE fact_log (
     topic text NOT NULL, partition int NOT NULL, position bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
     key text NOT NULL, fact_id text NOT NULL, body text NOT NULL, appended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (topic, partition, position))`,
  // An event is immutable: neither a bug nor an operator in a hurry changes what was said. Retention goes by TRUNCATE-free deletes of the owner only.
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'facts are immutable'; END $$`,
  `CREATE TRIGGER fact_log_immutable BEFORE UPDATE ON fact_log FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  ...groupTables(''),
  `CREATE TABLE member (
     group_name text NOT NULL, member uuid NOT NULL, lock_key int NOT NULL, seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (group_name, member)) WITH (fillfactor = 50)`,
  /*
   * Appending takes the partitions' locks, ascending, right before the insert: identity values of a partition then appear in commit
   * order, and a reader needs no fence. The caller has taken all its row locks before (see ADR 0003).
   */
  `CREATE FUNCTION append(topics text[], partitions int[], keys text[], ids text[], bodies text[]) RETURNS void LANGUAGE plpgsql AS $$
   DECLARE target record;
   BEGIN
     FOR target IN SELECT DISTINCT t.topic, t.partition FROM unnest(topics, partitions) AS t(topic, partition) ORDER BY 1, 2 LOOP
       PERFORM pg_advisory_xact_lock(hashtextextended('tributary:log:' || target.topic || '/' || target.partition, 0));
     END LOOP;
     INSERT INTO bus.fact_log (topic, partition, key, fact_id, body)
       SELECT f.topic, f.partition, f.key, f.id, f.body
       FROM unnest(topics, partitions, keys, ids, bodies) WITH ORDINALITY AS f(topic, partition, key, id, body, n) ORDER BY f.n;
   END $$`,
];
