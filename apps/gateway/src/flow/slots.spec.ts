import { systemClock } from '@tributary/service-kit';
import { GatewayUnderTest, zipLike } from '../testing/gateway-under-test';
import { Slots } from './slots';

const make = (options: Partial<ConstructorParameters<typeof Slots>[0]> = {}): Slots =>
  new Slots({ atOnce: 2, waitingMax: 1, waitMsMax: 1_000, clock: systemClock, ...options });
const refused = { status: 503, code: 'TOO_BUSY' };

it('lets so many run, so many wait, and no more', async () => {
  const slots = make();
  const [one] = [await slots.take(), await slots.take()];
  const waiting = slots.take();
  await expect(slots.take()).rejects.toMatchObject(refused);
  one();
  one();
  const three = await waiting;
  const next = slots.take();
  await expect(slots.take()).rejects.toMatchObject(refused);
  three();
  await next;
});

it('nobody waits for ever, and a slot does not go to who has left', async () => {
  const slots = make({ atOnce: 1, waitMsMax: 30 });
  const give = await slots.take();
  await expect(slots.take()).rejects.toMatchObject(refused);
  give();
  (await slots.take())();
});

it('[I17] thirty uploads at once are nothing, and too many are told to come back', async () => {
  const gateway = await new GatewayUnderTest().start();
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await gateway.upload(zipLike('x'))).status));
  expect(statuses).toEqual(Array.from({ length: 30 }, () => 202));
  await gateway.stop();
  const small = await new GatewayUnderTest().start({ uploadsMax: 1 });
  // One that never ends holds the only slot, four wait, the sixth is refused.
  const leave = new AbortController();
  const body = () =>
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(zipLike('x'));
      },
    });
  const held = Array.from({ length: 5 }, async () => {
    const init = { method: 'POST', body: body(), duplex: 'half', signal: leave.signal, headers: { 'content-type': 'application/zip' } } as RequestInit;
    await fetch(`${small.url}/api/v1/gate/tasks`, init).catch(() => undefined);
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const answer = await small.upload(zipLike('x'));
  expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'TOO_BUSY', '2']);
  leave.abort();
  await Promise.all(held);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await small.upload(zipLike('x'))).status).toBe(202);
  await small.stop();
});
