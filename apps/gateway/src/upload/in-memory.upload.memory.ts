/** Uploads in memory: for tests and the simulation. */
import { InMemoryTable, type Transaction } from '@tributary/persistence';
import { type KeptAnswer, type KeyClaim, type Upload, type UploadMemory } from './upload.memory';

type Kept = KeptAnswer & { readonly claimedAt: number };

/** Its database runs one transaction after the other, which is what makes a second claim wait. */
export class InMemoryUploadMemory implements UploadMemory {
  readonly #uploads = new InMemoryTable<string, Upload>();
  readonly #keys = new InMemoryTable<string, Kept>();

  claimKey(tx: Transaction, { tenant, key, fingerprint, answer, now, keepMs }: KeyClaim): Promise<KeptAnswer | undefined> {
    const id = JSON.stringify([tenant, key]);
    const kept = this.#keys.get(id);
    if (kept && kept.claimedAt > now - keepMs) return Promise.resolve({ fingerprint: kept.fingerprint, answer: kept.answer });
    this.#keys.set(tx, id, { fingerprint, answer, claimedAt: now });
    return Promise.resolve(undefined);
  }

  save(tx: Transaction, upload: Upload): Promise<void> {
    this.#uploads.set(tx, JSON.stringify([upload.tenant, upload.taskId]), upload);
    return Promise.resolve();
  }

  find(tenant: string, taskId: string): Promise<Upload | undefined> {
    return Promise.resolve(this.#uploads.get(JSON.stringify([tenant, taskId])));
  }

  forgetKeys(): Promise<void> {
    // Memory that ends with its test has nothing to gain from this; an expired key is no key either way.
    return Promise.resolve();
  }
}
