/** Uploads in PostgreSQL, schema `gateway`. */
import { type PolicySnapshot } from '@tributary/facts';
import { type PostgresDatabase, sqlOf, type Transaction } from '@tributary/persistence';
import { claimKeySql } from './sql/claim-key.sql';
import { findUploadSql } from './sql/find-upload.sql';
import { forgetKeysSql } from './sql/forget-keys.sql';
import { keptAnswerSql } from './sql/kept-answer.sql';
import { saveUploadSql } from './sql/save-upload.sql';
import { type KeptAnswer, type KeyClaim, type Upload, type UploadMemory } from './upload.memory';

interface UploadRow {
  readonly tenant: string;
  readonly task_id: string;
  readonly product: string;
  readonly version: string;
  readonly file_name: string;
  readonly size: number;
  readonly sha256: string;
  readonly policy: PolicySnapshot;
  readonly traceparent: string;
  readonly created_at: Date;
}

export class PostgresUploadMemory implements UploadMemory {
  constructor(private readonly database: Pick<PostgresDatabase, 'query'>) {}

  async claimKey(tx: Transaction, { tenant, key, fingerprint, answer, now, keepMs }: KeyClaim): Promise<KeptAnswer | undefined> {
    const claim = [tenant, key, fingerprint, JSON.stringify(answer), new Date(now), new Date(now - keepMs)];
    const taken = await sqlOf(tx).query(claimKeySql, claim);
    if (taken.length > 0) return undefined;
    // The refused claim holds the row's lock, so the row is there.
    const [kept] = await sqlOf(tx).query<KeptAnswer>(keptAnswerSql, [tenant, key]);
    return kept;
  }

  async save(tx: Transaction, { tenant, taskId, product, version, file, policy, traceparent, createdAt }: Upload): Promise<void> {
    const row = [tenant, taskId, product, version, file.fileName, file.size, file.sha256, JSON.stringify(policy), traceparent, new Date(createdAt)];
    await sqlOf(tx).execute(saveUploadSql, row);
  }

  async find(tenant: string, taskId: string): Promise<Upload | undefined> {
    const [row] = await this.database.query<UploadRow>(findUploadSql, [tenant, taskId]);
    return row && uploadOf(row);
  }

  async forgetKeys(before: number): Promise<void> {
    await this.database.query(forgetKeysSql, [new Date(before)]);
  }
}

function uploadOf(row: UploadRow): Upload {
  return {
    tenant: row.tenant,
    taskId: row.task_id,
    product: row.product,
    version: row.version,
    file: { fileName: row.file_name, size: row.size, sha256: row.sha256 },
    policy: row.policy,
    traceparent: row.traceparent,
    createdAt: row.created_at.getTime(),
  };
}
