/** The kinds of tasks that schedulers know by name. */

const names = [
  'SHELL SH BASH COMMAND CMD SCRIPT EXE 脚本 命令',
  'PYTHON PY PYTHON3 PYSPARK PYTHONSQL JAVA SCALA R',
  'SQL HIVE HIVE_SQL HIVESQL SPARK_SQL SPARKSQL JDBC_SQL JDBCSQL DLC_SQL IMPALA IMPALA_SQL TRINO TRINO_SQL PRESTO CLICKHOUSE STARROCKS DORIS FLINK_SQL PROCEDURE 存储过程',
  'SPARK DLC_SPARK FLINK FLINK_STREAM MR MAPREDUCE HADOOP HADOOPJAVA SQOOP DATAX SEATUNNEL SYNC 数据同步 同步 KETTLE ETL INFORMATICA DATASTAGE DINKY',
  'HTTP WEBHOOK EMAIL NOTEBOOK JUPYTER ZEPPELIN K8S KUBERNETES EMR DATA_QUALITY SSH FTP FILE FILE_WATCHER FW',
  'SUB_WORKFLOW SUB_PROCESS SUBPROCESS SUBFLOW FLOW 子流程 DEPENDENT DEPENDENCY BRANCH SWITCH CONDITIONS CONDITION FOR_EACH MERGE MERGED BLOCKING',
  'VIRTUAL NOOP DUMMY EMPTY START END 虚拟 虚拟节点 BOX B C NULLJOB',
];

const known = new Set(names.flatMap((line) => line.split(' ')));
/** They run nothing of their own, so they need neither script nor command. */
const WITHOUT_COMMAND =
  /^(?:SUB_?(?:WORKFLOW|PROCESS|FLOW)|FLOW|子流程|DEPENDEN(?:T|CY)|BRANCH|SWITCH|CONDITIONS?|FOR_EACH|MERGED?|BLOCKING|VIRTUAL|NOOP|DUMMY|EMPTY|START|END|虚拟|虚拟节点|BOX|B|NULLJOB|HTTP|WEBHOOK|EMAIL|NOTEBOOK|DATA_QUALITY|DATAX|SYNC|同步|数据同步|FILE|FILE_WATCHER|FW|130|131|132|137|26)$/;

const canonical = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');

/** WeData's numeric ids count as known. */
export function isKnownTaskType(text: string): boolean {
  return known.has(canonical(text)) || /^\d{1,5}$/.test(text.trim());
}

export function runsCommand(text: string): boolean {
  return text.trim() !== '' && !WITHOUT_COMMAND.test(canonical(text));
}
