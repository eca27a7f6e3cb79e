import { FactDeadLettered, makeFact } from '@tributary/facts';
import { v7 } from 'uuid';
import { type GatewayUnderTest as Gateway, GatewayUnderTest } from '../testing/gateway-under-test';

let gateway: Gateway;
beforeEach(async () => {
  gateway = await new GatewayUnderTest().start();
});
afterEach(() => gateway.stop());

const path = '/api/v1/dead-letters';

/** Tells that a group gave up on a fact, and waits until the gateway has heard of it. */
async function buried(group = 'coordinator', changes: Record<string, unknown> = {}): Promise<string> {
  const id = v7();
  const data = {
    deadLetterId: id,
    group,
    topic: 'gate.facts',
    partition: 3,
    offset: 42,
    reason: 'MALFORMED',
    detail: 'not JSON',
    at: '2026-01-02T03:04:05.678Z',
    ...changes,
  };
  await gateway.database.transaction(async (tx) => {
    gateway.bus.publish(tx, [makeFact(FactDeadLettered, { id, source: '/tributary/coordinator', subject: group, time: data.at, data })]);
  });
  for (let n = 0; n < 100 && !(await gateway.deadLetters.find('default', id)); n++) await new Promise((resolve) => setTimeout(resolve, 10));
  return id;
}

describe('[I9] dead letters', () => {
  it('are listed with who refused what and why', async () => {
    const factId = v7();
    const id = await buried('coordinator', { factId, factType: 'ZipUploaded', key: 'k' });
    const { body } = await gateway.call('GET', path);
    expect(body.items).toEqual([
      {
        id,
        factId,
        type: 'ZipUploaded',
        topic: 'gate.facts',
        group: 'coordinator',
        partition: 3,
        offset: 42,
        key: 'k',
        reason: 'MALFORMED',
        detail: 'not JSON',
        at: '2026-01-02T03:04:05.678Z',
        state: 'open',
      },
    ]);
  });

  it('are narrowed and come in pages', async () => {
    const factId = v7();
    const ids = [await buried('a', { factId }), await buried('b', { factId }), await buried('a')];
    const listed = async (query: string): Promise<string[]> => (await gateway.call('GET', `${path}?${query}`)).body.items.map(({ id }: any) => id);
    expect(await listed('group=a')).toEqual([ids[2], ids[0]]);
    expect(await listed(`factId=${factId}`)).toEqual([ids[1], ids[0]]);
    expect(await listed('topic=scan.facts')).toEqual([]);
    const { body } = await gateway.call('GET', `${path}?limit=2`);
    expect(await listed(`limit=2&cursor=${body.nextCursor}`)).toEqual([ids[0]]);
    for (const query of ['colour=red', 'limit=0', 'cursor=abc', `cursor=${Buffer.from('{"number":"x"}').toString('base64url')}`, 'state=lost']) {
      expect(await gateway.call('GET', `${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ parameter: query.split('=')[0] }] } });
    }
  });

  it.each([
    ['replay', 202, 'replayed', 'ReplayRequested'],
    ['discard', 200, 'discarded', 'DeadLetterDiscarded'],
  ])('can be told to %s, once; it is noted who, when and why', async (action, status, state, type) => {
    const id = await buried();
    const answer = await gateway.call('POST', `${path}/${id}/${action}`, { body: '{"reason":"the worker was mended"}' });
    expect(answer).toMatchObject({ status, body: { id, state, decided: { by: 'anonymous', reason: 'the worker was mended', at: expect.any(String) } } });
    const [fact, ...more] = gateway.facts(type);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      subject: 'coordinator',
      causedby: id,
      actor: 'anonymous',
      data: { deadLetterId: id, group: 'coordinator', by: 'anonymous', reason: 'the worker was mended' },
    });
    for (const again of ['replay', 'discard'])
      expect(await gateway.call('POST', `${path}/${id}/${again}`)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } });
    expect((await gateway.call('GET', path)).body.items[0]).toEqual(answer.body);
  });

  it('that nobody knows are a 404', async () => {
    for (const id of [v7(), 'no-id']) expect((await gateway.call('POST', `${path}/${id}/replay`)).status).toBe(404);
  });

  it('are the same when the read model is made anew from the facts', async () => {
    const ids = [await buried('a'), await buried('b'), await buried('c')];
    await gateway.call('POST', `${path}/${ids[0]}/replay`, { body: '{"reason":"again"}' });
    await gateway.call('POST', `${path}/${ids[1]}/discard`);
    const before = (await gateway.call('GET', path)).body;
    const rebuilt = await gateway.anotherOnTheSameLog();
    try {
      expect((await rebuilt.call('GET', path)).body).toEqual(before);
    } finally {
      await rebuilt.stop();
    }
  });
});

it('[I9] a replayed letter is handled again by the group that refused it, and by no other', async () => {
  const handled: string[] = [];
  let broken = true;
  const subscribe = (group: string) =>
    gateway.bus.subscribe({
      group,
      topics: ['gate.facts'],
      database: gateway.database,
      handle: async (batch) => {
        if (broken && group === 'mine') return batch.map((delivery) => ({ kind: 'never' as const, delivery, code: 'BROKEN', because: 'not yet mended' }));
        handled.push(...batch.map(({ fact }) => `${group} ${fact.type}`));
        return [];
      },
    });
  const subscribers = [await subscribe('mine'), await subscribe('other')];
  await gateway.upload(Buffer.from('504b0304', 'hex'));
  let items: any[] = [];
  for (let n = 0; n < 100 && items.length === 0; n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    items = (await gateway.call('GET', path)).body.items;
  }
  expect(items).toMatchObject([{ group: 'mine', type: 'ZipUploaded', reason: 'BROKEN', state: 'open' }]);
  broken = false;
  expect((await gateway.call('POST', `${path}/${items[0].id}/replay`)).status).toBe(202);
  for (let n = 0; n < 100 && handled.length < 2; n++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(handled).toEqual(['other ZipUploaded', 'mine ZipUploaded']);
  for (const subscriber of subscribers) await subscriber.stop();
});
