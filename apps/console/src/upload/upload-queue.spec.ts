import { ApiProblem, Unreachable } from '@tributary/api-client';
import { type Sending, type Sent } from './send-package';
import { UploadQueue } from './upload-queue';

interface Call extends Sending {
  readonly accept: (taskId: string) => Promise<void>;
  readonly refuse: (error: unknown) => Promise<void>;
}

function queueWith(names: readonly string[]) {
  const calls: Call[] = [];
  let keys = 0;
  let now = 0;
  const queue = new UploadQueue({
    freshKey: () => `key-${++keys}`,
    now: () => (now += 1_000),
    send: (sending) => {
      const { promise, resolve, reject } = Promise.withResolvers<Sent>();
      sending.signal.addEventListener('abort', () => {
        reject(sending.signal.reason);
      });
      const settle = async (act: () => void): Promise<void> => {
        act();
        await new Promise(setImmediate);
      };
      calls.push({
        ...sending,
        accept: (taskId) =>
          settle(() => {
            resolve({ accepted: { taskId } as Sent['accepted'], replayed: false });
          }),
        refuse: (error) =>
          settle(() => {
            reject(error);
          }),
      });
      return promise;
    },
  });
  queue.add(names.map((name) => new File(['PK'], name)));
  const ids = queue.entries().map(({ id }) => id);
  const kinds = (): string[] => queue.entries().map(({ state }) => state.kind);
  return { queue, calls, ids, kinds };
}

const lost = new Unreachable('/x', new Error('gone'));

it('prefills what the names tell, sends three at once and the next when one is through', async () => {
  const { queue, calls, ids, kinds } = queueWith(['a-1.zip', 'b-2.zip', '零售-3.zip', 'd.zip']);
  expect(queue.entries().map(({ product, version }) => [product, version])).toEqual([
    ['a', '1'],
    ['b', '2'],
    ['零售', '3'],
    ['d', ''],
  ]);
  queue.start(ids, 'fast');
  expect(kinds()).toEqual(['sending', 'sending', 'sending', 'queued']);
  await calls[1]!.accept('t2');
  expect(kinds()).toEqual(['sending', 'accepted', 'sending', 'sending']);
  expect(calls[3]).toMatchObject({ product: 'd', version: undefined, policy: 'fast' });
});

it('goes on under the same key when the connection is back', async () => {
  const { queue, calls, ids, kinds } = queueWith(['a-1.zip']);
  queue.start(ids, undefined);
  calls[0]!.onProgress(1);
  await calls[0]!.refuse(lost);
  expect(kinds()).toEqual(['interrupted']);
  queue.resume();
  expect(calls[1]!.idempotencyKey).toBe(calls[0]!.idempotencyKey);
  await calls[1]!.accept('t');
  expect(queue.entries()[0]!.state).toEqual({ kind: 'accepted', taskId: 't', replayed: false });
});

it('a cancelled upload is a draft again and can be started anew', async () => {
  const { queue, calls, ids, kinds } = queueWith(['a-1.zip']);
  queue.start(ids, undefined);
  queue.cancel(ids[0]!);
  expect([calls[0]!.signal.aborted, kinds()]).toEqual([true, ['draft']]);
  await new Promise(setImmediate);
  expect(kinds()).toEqual(['draft']);
  queue.start(ids, undefined);
  expect([calls.length, kinds()]).toEqual([2, ['sending']]);
});

it('what was refused for want of a token goes on with one, what was refused for good does not', async () => {
  const { queue, calls, ids, kinds } = queueWith(['a.zip', 'b.zip']);
  const refusal = (status: number) => new ApiProblem({ type: 't', title: 't', status, detail: 'd', code: 'C' }, status);
  queue.start(ids, undefined);
  await calls[0]!.refuse(refusal(401));
  await calls[1]!.refuse(refusal(415));
  queue.resumeRefused();
  expect(kinds()).toEqual(['sending', 'failed']);
});

it('forgets what is done when more comes, and what was removed at once', async () => {
  const { queue, calls, ids } = queueWith(['a.zip', 'b.zip']);
  queue.start(ids, undefined);
  await calls[0]!.accept('t');
  queue.remove(ids[1]!);
  queue.add([new File(['PK'], 'c.zip')]);
  expect(queue.entries().map(({ file }) => file.name)).toEqual(['c.zip']);
  expect(calls[1]!.signal.aborted).toBe(true);
});
