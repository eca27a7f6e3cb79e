import { InMemoryDatabase, InMemoryTable, memoryOf } from './in-memory.database';
import { isTransient } from './transient';

const failing = new Error('no');

it('a transaction that fails takes everything back, in reverse order', async () => {
  const database = new InMemoryDatabase();
  const table = new InMemoryTable<string, number>();
  await database.transaction(async (tx) => {
    table.set(tx, 'kept', 1);
  });
  const work = database.transaction(async (tx) => {
    table.set(tx, 'kept', 2);
    table.set(tx, 'kept', 3);
    table.set(tx, 'new', 4);
    table.delete(tx, 'kept');
    throw failing;
  });
  await expect(work).rejects.toBe(failing);
  expect([table.get('kept'), table.get('new'), table.size]).toEqual([1, undefined, 1]);
});

it('transactions run one after the other, also behind one that failed', async () => {
  const database = new InMemoryDatabase();
  const order: string[] = [];
  const slow = database.transaction(async () => {
    order.push('first begins');
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('first ends');
    throw failing;
  });
  const next = database.transaction(async () => order.push('second'));
  await expect(slow).rejects.toBe(failing);
  await next;
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});

it('hooks run right before and right after the commit; after a failure none of the latter', async () => {
  const database = new InMemoryDatabase();
  const order: string[] = [];
  await database.transaction(async (tx) => {
    tx.afterCommit(() => order.push('after'));
    tx.beforeCommit(async () => {
      order.push('before');
      tx.beforeCommit(async () => void order.push('added by a hook'));
    });
    order.push('work');
  });
  expect(order).toEqual(['work', 'before', 'added by a hook', 'after']);
  const table = new InMemoryTable<string, number>();
  const refused = database.transaction(async (tx) => {
    table.set(tx, 'a', 1);
    tx.afterCommit(() => order.push('never'));
    tx.beforeCommit(() => Promise.reject(failing));
  });
  await expect(refused).rejects.toBe(failing);
  expect([table.size, order.includes('never')]).toEqual([0, false]);
});

it('a store of another kind of database is a wiring mistake, and says so', () => {
  expect(() => memoryOf({ beforeCommit: () => undefined, afterCommit: () => undefined })).toThrow(TypeError);
});

it.each([
  ['a deadlock', Object.assign(new Error(), { code: '40P01' }), true],
  ['a restart of the server', Object.assign(new Error(), { code: '57P01' }), true],
  ['a refused connection', Object.assign(new Error(), { code: 'ECONNREFUSED' }), true],
  ['the same inside the error of the ORM', Object.assign(new Error(), { driverError: Object.assign(new Error(), { code: '40001' }) }), true],
  ['a connection that ended', new Error('Connection terminated unexpectedly'), true],
  ['a broken rule of the data', Object.assign(new Error(), { code: '23505' }), false],
  ['an error that is its own cause', ((error) => Object.assign(error, { driverError: error }))(new Error()), false],
  ['no error at all', 'Connection terminated', false],
])('%s is transient or not', (_, error, transient) => {
  expect(isTransient(error)).toBe(transient);
});
