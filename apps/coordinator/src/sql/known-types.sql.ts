/** Types that joined in the last verdicts of a product. */
export const knownTypesSql = `
SELECT DISTINCT type FROM (SELECT joined_types FROM verdict WHERE tenant = $1 AND product = $2 ORDER BY at DESC LIMIT 5) AS recent, unnest(joined_types) AS type ORDER BY type
`;
