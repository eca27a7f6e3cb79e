/** One statement per process and beat: says that we live, and answers who lives, whether anybody else is on the bus at all, who owns what, and where the partitions end. */
export const heartbeatSql = `
WITH beat AS (
  INSERT INTO bus.member (group_name, member, lock_key) SELECT g, $1::uuid, $3::int FROM unnest($2::text[]) AS g
  ON CONFLICT (group_name, member) DO UPDATE SET seen_at = clock_timestamp()
), gone AS (
  DELETE FROM bus.member WHERE group_name = ANY ($2) AND seen_at < clock_timestamp() - 10 * $4::float8 * interval '1 millisecond'
), held AS MATERIALIZED (
  SELECT objid::bigint AS lock_key FROM pg_locks
  WHERE locktype = 'advisory' AND classid = 1414677844 AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
SELECT
  EXISTS (SELECT FROM bus.member WHERE member <> $1 AND seen_at >= clock_timestamp() - $4::float8 * interval '1 millisecond') AS company,
  coalesce((SELECT json_agg(json_build_object('group', group_name, 'member', member)) FROM bus.member
    WHERE group_name = ANY ($2) AND (member = $1 OR (seen_at >= clock_timestamp() - $4::float8 * interval '1 millisecond'
      AND EXISTS (SELECT FROM held WHERE held.lock_key = (member.lock_key::bigint & 4294967295))))), '[]') AS members,
  coalesce((SELECT json_agg(json_build_object('group', p.group_name, 'topic', p.topic, 'partition', p.partition, 'owner', p.owner, 'epoch', p.epoch,
      'end', (SELECT max(position) FROM bus.fact_log AS f WHERE f.topic = p.topic AND f.partition = p.partition)))
    FROM bus.position AS p WHERE p.group_name = ANY ($2)), '[]') AS positions
`;
