/** Which of these shards are still ours; locks them until the transaction ends. */
export const heldShardsSql = `
SELECT DISTINCT held.partition FROM (
  SELECT p.partition FROM bus_position AS p JOIN unnest($2::int[], $3::bigint[]) AS s(partition, epoch) ON p.partition = s.partition AND p.epoch = s.epoch
  WHERE p.group_name = $1 ORDER BY p.topic, p.partition FOR UPDATE OF p
) AS held
`;
