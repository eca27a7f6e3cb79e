/** Takes an open dead letter back into the queue of its key: only its own group sees it again. */
export const replaySql = (tables: string): string => `
WITH letter AS (
  UPDATE ${tables}dead_letter SET state = 'replayed' WHERE id = $1 AND state = 'open' RETURNING *
)
INSERT INTO ${tables}parked (group_name, topic, partition, key, position, body, raw, failures, due_at, because)
SELECT group_name, topic, partition, key, position, body, raw, 0, clock_timestamp(), 'replay of a dead letter' FROM letter
RETURNING group_name AS "group", partition
`;
