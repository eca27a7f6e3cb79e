/** Verdicts; a second one of the same revision is refused by the key. Lists of types travel as JSON: `unnest` takes no lists of lists. */
export const settleSql = `
INSERT INTO verdict (tenant, task_id, revision, round, status, canonical, verdict_hash, explanation, product, joined_types, at)
SELECT $1, v.task_id, v.revision, v.round, v.status, v.canonical, v.verdict_hash, v.explanation, v.product,
  ARRAY(SELECT jsonb_array_elements_text(v.joined_types)), v.at
FROM unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[], $10::jsonb[], $11::timestamptz[])
  AS v(task_id, revision, round, status, canonical, verdict_hash, explanation, product, joined_types, at)
`;
