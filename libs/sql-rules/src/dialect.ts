/** The SQL dialects that are told apart, what the lexer must know about each, and how a file's dialect is guessed. */

export const dialects = ['generic', 'hive', 'spark', 'flink', 'trino', 'impala', 'mysql', 'postgres', 'doris', 'starrocks', 'clickhouse', 'oracle'] as const;
export type SqlDialect = (typeof dialects)[number];

export interface DialectTraits {
  /** `'it\'s'` */
  readonly backslashEscapes: boolean;
  /** `"` quotes an identifier, not a text. */
  readonly doubleQuotedNames: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  readonly nestedComments: boolean;
  /** `$tag$ ... $tag$` */
  readonly dollarQuotes: boolean;
}

const backslash: ReadonlySet<SqlDialect> = new Set(['generic', 'hive', 'spark', 'impala', 'mysql', 'doris', 'starrocks', 'clickhouse']);
const doubleQuoted: ReadonlySet<SqlDialect> = new Set(['trino', 'postgres', 'oracle', 'clickhouse', 'flink']);
const hash: ReadonlySet<SqlDialect> = new Set(['generic', 'mysql', 'doris', 'starrocks']);
const nested: ReadonlySet<SqlDialect> = new Set(['postgres', 'spark', 'clickhouse']);
const dollar: ReadonlySet<SqlDialect> = new Set(['generic', 'postgres', 'trino', 'spark']);

export function traitsOf(dialect: SqlDialect): DialectTraits {
  return {
    backslashEscapes: backslash.has(dialect),
    doubleQuotedNames: doubleQuoted.has(dialect),
    hashComments: hash.has(dialect),
    nestedComments: nested.has(dialect),
    dollarQuotes: dollar.has(dialect),
  };
}

/** A folder or a part of the file name may say it: `hive/load.sql`, `load_orders.mysql.sql`. */
const pathNames: readonly (readonly [SqlDialect, RegExp])[] = [
  ['hive', /(?:^|[/_.-])(?:hive|hql)(?:[/_.-]|$)/],
  ['spark', /(?:^|[/_.-])(?:spark|sparksql|dlc|databricks)(?:[/_.-]|$)/],
  ['flink', /(?:^|[/_.-])(?:flink|flinksql|oceanus)(?:[/_.-]|$)/],
  ['trino', /(?:^|[/_.-])(?:trino|presto)(?:[/_.-]|$)/],
  ['impala', /(?:^|[/_.-])impala(?:[/_.-]|$)/],
  ['mysql', /(?:^|[/_.-])(?:mysql|tdsql|mariadb)(?:[/_.-]|$)/],
  ['postgres', /(?:^|[/_.-])(?:postgres|postgresql|pgsql|pg|greenplum|tbase)(?:[/_.-]|$)/],
  ['doris', /(?:^|[/_.-])doris(?:[/_.-]|$)/],
  ['starrocks', /(?:^|[/_.-])starrocks(?:[/_.-]|$)/],
  ['clickhouse', /(?:^|[/_.-])(?:clickhouse|ck)(?:[/_.-]|$)/],
  ['oracle', /(?:^|[/_.-])oracle(?:[/_.-]|$)/],
];

/** What only one dialect, or few, would say, with its weight. Bounded patterns: they run over files of strangers. */
const votes: readonly (readonly [SqlDialect, number, RegExp])[] = [
  ['hive', 3, /\bstored\s{1,8}as\s{1,8}(?:orc|textfile|rcfile|sequencefile)\b/i],
  ['hive', 2, /\bset\s{1,8}(?:hive|mapred|mapreduce|tez)\./i],
  ['hive', 2, /\brow\s{1,8}format\s{1,8}(?:delimited|serde)\b/i],
  ['hive', 1, /\binsert\s{1,8}overwrite\b/i],
  ['hive', 1, /\blateral\s{1,8}view\b/i],
  ['spark', 3, /\busing\s{1,8}(?:iceberg|delta|parquet|hudi)\b/i],
  ['spark', 3, /\bset\s{1,8}spark\./i],
  ['spark', 2, /\b(?:cache\s{1,8}table|zorder\s{1,8}by|qualify)\b/i],
  ['flink', 4, /'connector'\s{0,8}=/i],
  ['flink', 4, /\bwatermark\s{1,8}for\b/i],
  ['flink', 3, /\bbegin\s{1,8}statement\s{1,8}set\b/i],
  ['trino', 2, /\bcross\s{1,8}join\s{1,8}unnest\b/i],
  ['trino', 2, /\bwith\s{0,8}\(\s{0,8}format\s{0,8}=\s{0,8}'/i],
  ['impala', 3, /\b(?:compute\s{1,8}(?:incremental\s{1,8})?stats|invalidate\s{1,8}metadata)\b/i],
  ['mysql', 4, /\bengine\s{0,8}=\s{0,8}innodb\b/i],
  ['mysql', 3, /\b(?:auto_increment|on\s{1,8}duplicate\s{1,8}key)\b/i],
  ['mysql', 3, /(?:^|\n)delimiter\s/i],
  ['postgres', 4, /\$\$|\blanguage\s{1,8}plpgsql\b/i],
  ['postgres', 2, /\b(?:on\s{1,8}conflict|returning|bigserial|serial|ilike)\b/i],
  ['postgres', 2, /\w::\w/],
  ['doris', 3, /\bdistributed\s{1,8}by\s{1,8}hash\b[^;]{0,400}"replication_(?:num|allocation)"/i],
  ['doris', 2, /\b(?:unique|duplicate|aggregate)\s{1,8}key\s{0,8}\(/i],
  ['starrocks', 3, /\b(?:primary\s{1,8}key\s{0,8}\([^)]{0,400}\)\s{0,8}distributed|engine\s{0,8}=\s{0,8}olap)\b/i],
  ['clickhouse', 5, /\bengine\s{0,8}=\s{0,8}(?:\w{0,40}mergetree|distributed|memory|kafka)\b/i],
  ['clickhouse', 3, /\b(?:prewhere|global\s{1,8}(?:any|all|in|join)|array\s{1,8}join)\b/i],
  ['oracle', 3, /\b(?:varchar2|nvl2|sysdate|rownum|connect\s{1,8}by)\b/i],
];
/** Enough of a file to know it by. */
const examinedMax = 100_000;

/** By the path if it says, else by what the text contains; `generic` when nothing speaks, which makes rules careful. */
export function detectDialect(path: string, text: string): SqlDialect {
  const lowered = path.toLowerCase();
  const named = pathNames.filter(([, pattern]) => pattern.test(lowered));
  if (named.length === 1 && named[0]) return named[0][0];
  const sample = text.slice(0, examinedMax);
  const scores = new Map<SqlDialect, number>();
  for (const [dialect, weight, pattern] of votes) {
    if (pattern.test(sample)) scores.set(dialect, (scores.get(dialect) ?? 0) + weight);
  }
  const [best] = [...scores].sort(([, a], [, b]) => b - a);
  return best && best[1] >= 2 ? best[0] : 'generic';
}
