/** The task types of WeData by their numbers: CreateTask and CreateTriggerTask of the API 2025-08-06, older ones from the answers of 2021-08-20. */

export interface TaskType {
  readonly name: string;
  readonly code: 'sql' | 'shell' | 'python' | 'none';
  readonly dialect?: string;
}

const type = (name: string, code: TaskType['code'] = 'none', dialect?: string): TaskType => ({ name, code, ...(dialect !== undefined && { dialect }) });

export const taskTypes: ReadonlyMap<number, TaskType> = new Map([
  [21, type('JDBC SQL', 'sql')],
  [23, type('TDSQL-PostgreSQL', 'sql', 'postgres')],
  [26, type('OfflineSynchronization')],
  [30, type('Python', 'python')],
  [31, type('PySpark', 'python')],
  [32, type('DLC SQL', 'sql', 'sparksql')],
  [33, type('Impala', 'sql', 'impala')],
  [34, type('Hive SQL', 'sql', 'hive')],
  [35, type('Shell', 'shell')],
  [36, type('Spark SQL', 'sql', 'sparksql')],
  [38, type('Shell Form Mode')],
  [39, type('Spark')],
  [40, type('TCHouse-P', 'sql', 'postgres')],
  [41, type('Kettle')],
  [42, type('TCHouse-X')],
  [43, type('TCHouse-X SQL', 'sql')],
  [46, type('DLC Spark')],
  [47, type('TiOne')],
  [48, type('Trino', 'sql', 'trino')],
  [50, type('DLC PySpark', 'python')],
  [92, type('MapReduce')],
  [130, type('Branch')],
  [131, type('Merged')],
  [132, type('Notebook')],
  [133, type('SSH', 'shell')],
  [134, type('StarRocks', 'sql', 'starrocks')],
  [137, type('For-each')],
  [138, type('Setats SQL', 'sql')],
  [139, type('DLC Spark Streaming')],
  [140, type('Run Workflow')],
]);

/** What a workflow with a trigger can hold. */
export const triggerTaskTypes: ReadonlySet<number> = new Set([26, 30, 32, 35, 38, 46, 50, 130, 131, 132, 133, 137, 139, 140]);

/** Read from old projects, but no longer created. */
export const retiredTaskTypes: ReadonlySet<number> = new Set([
  20, 22, 25, 37, 45, 70, 72, 75, 81, 82, 91, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120,
  121, 10000,
]);
