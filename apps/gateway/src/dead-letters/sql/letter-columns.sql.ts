/** The columns of a letter under the names that the memory gives them. */
export const letterColumnsSql = `
  number, tenant, id, fact_id AS "factId", fact_type AS type, topic, group_name AS "group", partition, position AS "offset", key, reason, detail, at, state,
  decided_by AS "decidedBy", decided_at AS "decidedAt", decided_because AS "decidedBecause"`;
