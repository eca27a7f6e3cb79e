/** Whatever way records were fetched, a shard gets each of them once, in order, and in as few pages as their number allows. */
import fc from 'fast-check';
import { type KafkaMessage } from 'kafkajs';
import { QueueFeed } from './queue-feed';

const topic = 'scan.facts';
const message = (offset: number): KafkaMessage => ({
  key: Buffer.from('k'),
  value: Buffer.from('{}'),
  timestamp: '0',
  attributes: 0,
  offset: String(offset),
  headers: {},
});

/** Fetches by their number of messages, each followed by some control records that are for nobody. */
const fetches = fc.array(fc.record({ messages: fc.nat(5), controls: fc.nat(2) }), { maxLength: 12 });

describe('the queue between a fetch and its handler', () => {
  it('hands out every record once and in order, in full pages', async () => {
    await fc.assert(
      fc.asyncProperty(fetches, fc.integer({ min: 1, max: 7 }), async (given, rowsMax) => {
        const feed = new QueueFeed(0, new Map([[topic, 0]]));
        let offset = 0;
        const pushed: number[] = [];
        for (const { messages, controls } of given) {
          const offsets = Array.from({ length: messages }, (_, n) => offset + n);
          offset += messages + controls;
          pushed.push(...offsets);
          feed.push(topic, offsets.map(message), offset);
        }
        const positions: number[] = [];
        let to = 0;
        let pages = 0;
        for (let page = await feed.next(() => 0, rowsMax); page; page = await feed.next(() => 0, rowsMax)) {
          // Asked again before it was done: the same page, as after a failure.
          expect(await feed.next(() => 0, rowsMax)).toBe(page);
          positions.push(...page.rows.map(({ position }) => position));
          to = Math.max(to, page.to ?? page.rows.at(-1)?.position ?? 0);
          feed.done();
          pages++;
        }
        expect(positions).toEqual(pushed.map((at) => at + 1));
        expect(to).toBe(offset);
        expect(pages).toBeLessThanOrEqual(Math.floor(pushed.length / rowsMax) + 1);
        expect(feed.full(topic)).toBe(false);
      }),
    );
  });
});
