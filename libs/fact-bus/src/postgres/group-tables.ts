/** The tables of a group's memory: how far it has read, what waits, what was given up. The same in the schema `bus` and beside a service's outbox. */

/** `prefix` goes before every table's name. */
export function groupTables(prefix: string): readonly string[] {
  return [
    `CREATE TABLE ${prefix}position (
       group_name text NOT NULL, topic text NOT NULL, partition int NOT NULL, position bigint NOT NULL DEFAULT 0,
       epoch bigint NOT NULL DEFAULT 0, owner uuid, PRIMARY KEY (group_name, topic, partition)) WITH (fillfactor = 50)`,
    `CREATE TABLE ${prefix}parked (
       group_name text NOT NULL, topic text NOT NULL, partition int NOT NULL, key text NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY,
       position bigint NOT NULL, body text NOT NULL, raw text, failures int NOT NULL, due_at timestamptz NOT NULL, because text NOT NULL,
       PRIMARY KEY (group_name, topic, partition, key, number))`,
    `CREATE TABLE ${prefix}dead_letter (
       id uuid PRIMARY KEY, group_name text NOT NULL, topic text NOT NULL, partition int NOT NULL, position bigint NOT NULL, key text NOT NULL,
       body text NOT NULL, raw text, reason text NOT NULL, detail text NOT NULL, fact_id text, fact_type text,
       at timestamptz NOT NULL DEFAULT clock_timestamp(), state text NOT NULL DEFAULT 'open')`,
    `CREATE INDEX ${prefix}dead_letter_by_group ON ${prefix}dead_letter (group_name, at)`,
  ];
}
