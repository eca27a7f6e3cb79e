/** What every memory of uploads must do, whatever keeps it. */
import { builtInPolicies } from '@tributary/facts';
import { type Database, type Transaction } from '@tributary/persistence';
import { v7 } from 'uuid';
import { type KeyClaim, type Upload, type UploadMemory } from '../upload.memory';

export interface UploadMemoryWorld {
  readonly memory: UploadMemory;
  readonly database: Database<any>;
  end(): Promise<void>;
}

const now = Date.parse('2026-01-02T03:04:05.678Z');
const day = 86_400_000;

export function anUpload(changes: Partial<Upload> = {}): Upload {
  return {
    tenant: 'default',
    taskId: v7(),
    product: '销售集市',
    version: '1.0',
    file: { fileName: '原始.zip', size: 3_000_000_000, sha256: 'a'.repeat(64) },
    policy: builtInPolicies['fast']!,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    createdAt: now,
    ...changes,
  };
}

export function anUploadMemory(name: string, make: () => Promise<UploadMemoryWorld>): void {
  describe(name, () => {
    let world: UploadMemoryWorld;
    beforeEach(async () => {
      world = await make();
    });
    afterEach(() => world.end());

    const within = <R>(work: (tx: Transaction) => Promise<R>): Promise<R> => world.database.transaction(work);
    const claim = (changes: Partial<KeyClaim> = {}): KeyClaim => ({
      tenant: 'default',
      key: 'k',
      fingerprint: 'f1',
      answer: { taskId: v7(), fileName: 'a.zip', size: 7, sha256: 'b'.repeat(64), language: 'zh' },
      now,
      keepMs: day,
      ...changes,
    });

    it('keeps an upload as it was, for its tenant', async () => {
      const upload = anUpload();
      await within((tx) => world.memory.save(tx, upload));
      expect(await world.memory.find('default', upload.taskId)).toEqual(upload);
      expect(await world.memory.find('other', upload.taskId)).toBeUndefined();
      expect(await world.memory.find('default', v7())).toBeUndefined();
    });

    it('forgets what was not committed, the key too', async () => {
      const upload = anUpload();
      const work = within(async (tx) => {
        await world.memory.claimKey(tx, claim());
        await world.memory.save(tx, upload);
        throw new Error('crash');
      });
      await expect(work).rejects.toThrow('crash');
      expect(await world.memory.find('default', upload.taskId)).toBeUndefined();
      expect(await within((tx) => world.memory.claimKey(tx, claim()))).toBeUndefined();
    });

    it('gives a key once; afterwards it stands for its answer', async () => {
      const first = claim();
      expect(await within((tx) => world.memory.claimKey(tx, first))).toBeUndefined();
      const kept = await within((tx) => world.memory.claimKey(tx, claim({ fingerprint: 'f2' })));
      expect(kept).toEqual({ fingerprint: 'f1', answer: first.answer });
      expect(await within((tx) => world.memory.claimKey(tx, claim({ tenant: 'other' })))).toBeUndefined();
    });

    it('lets a claim wait for one that is under way', async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const first = claim();
      let begun: () => void = () => undefined;
      const inside = new Promise<void>((resolve) => (begun = resolve));
      const one = within(async (tx) => {
        await world.memory.claimKey(tx, first);
        begun();
        await held;
      });
      await inside;
      let answered = false;
      const two = within((tx) => world.memory.claimKey(tx, claim())).finally(() => (answered = true));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(answered).toBe(false);
      release();
      await one;
      expect((await two)?.answer).toEqual(first.answer);
    });

    it('lets a waiting claim have the key when the first one fails', async () => {
      let fail: () => void = () => undefined;
      const held = new Promise<void>((_, reject) => {
        fail = () => {
          reject(new Error('crash'));
        };
      });
      let begun: () => void = () => undefined;
      const inside = new Promise<void>((resolve) => (begun = resolve));
      const one = within(async (tx) => {
        await world.memory.claimKey(tx, claim());
        begun();
        await held;
      });
      await inside;
      const two = within((tx) => world.memory.claimKey(tx, claim()));
      fail();
      await expect(one).rejects.toThrow('crash');
      expect(await two).toBeUndefined();
    });

    it('takes a key anew after its time', async () => {
      await within((tx) => world.memory.claimKey(tx, claim()));
      const again = claim({ now: now + day - 1, fingerprint: 'f2' });
      expect(await within((tx) => world.memory.claimKey(tx, again))).toMatchObject({ fingerprint: 'f1' });
      expect(await within((tx) => world.memory.claimKey(tx, { ...again, now: now + day }))).toBeUndefined();
      expect(await within((tx) => world.memory.claimKey(tx, claim({ now: now + day + 1 })))).toMatchObject({ fingerprint: 'f2' });
    });

    it('forgets old keys and no others', async () => {
      await within((tx) => world.memory.claimKey(tx, claim({ key: 'young' })));
      await world.memory.forgetKeys(now);
      expect(await within((tx) => world.memory.claimKey(tx, claim({ key: 'young' })))).toBeDefined();
      await world.memory.forgetKeys(now + day);
      expect(await within((tx) => world.memory.claimKey(tx, claim({ key: 'young', now: now + day })))).toBeUndefined();
    });
  });
}
