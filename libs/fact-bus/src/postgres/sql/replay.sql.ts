/** Takes an open dead letter back into the queue of its key: only its own group sees it again. */
export const replaySql = `
WITH letter AS (
  UPDATE bus.dead_letter SET state = 'replayed' WHERE id = $1 AND state = 'open' RETURNING *
)
INSERT INTO bus.parked (group_name, topic, partition, key, position, body, failures, due_at, because)
SELECT group_name, topic, partition, key, position, body, 0, clock_timestamp(), 'replay of a dead letter' FROM letter
RETURNING group_name AS "group", partition
`;
