/** Whatever a network does to the stream of a task's facts, each arrives once and in order. */
import fc from 'fast-check';
import { ApiClient, type PositionedFact } from './index';
import { ImpatientPace, json, Ledger, type ScriptedServer, sendPieces, startScriptedServer, taskId } from './testing/scripted-server';

const ledger = new Ledger(6);
const whole = ledger.bytesAfter(0).length;

/** What happens to one connection: where it is cut into chunks, after how many bytes it is lost (of the whole stream), how it ends. */
interface Fate {
  readonly cuts: readonly number[];
  readonly bytes: number;
  readonly end: 'torn' | 'polite' | 'refused' | 'repeated';
}

const fate: fc.Arbitrary<Fate> = fc.record({
  cuts: fc.array(fc.nat(whole), { maxLength: 6 }),
  bytes: fc.nat(whole),
  end: fc.constantFrom('torn' as const, 'polite' as const, 'refused' as const, 'repeated' as const),
});

describe('[P-005] the event stream over bad networks', () => {
  let server: ScriptedServer;
  const fates: Fate[] = [];

  beforeAll(async () => {
    server = await startScriptedServer(async (request, response) => {
      if (!request.url?.endsWith('/events')) {
        json(response, 200, ledger.task);
        return;
      }
      const asked = Number(request.headers['last-event-id'] ?? 0);
      const next = fates.shift() ?? { cuts: [], bytes: whole, end: 'polite' };
      if (next.end === 'refused') {
        json(response, 503, { type: 't', title: 'T', status: 503, detail: 'd', code: 'UNAVAILABLE' }, { 'retry-after': '0' });
        return;
      }
      // A proxy that replays what it has kept.
      const bytes = ledger.bytesAfter(next.end === 'repeated' ? 0 : asked);
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      await sendPieces(response, bytes.subarray(0, next.bytes), next.cuts);
      if (next.end === 'torn') response.destroy();
      else response.end();
    });
  });
  afterAll(() => server.stop());

  async function followed(): Promise<PositionedFact[]> {
    const client = new ApiClient({ baseUrl: server.url, pace: new ImpatientPace() });
    const got: PositionedFact[] = [];
    for await (const each of client.follow(taskId)) got.push(each);
    return got;
  }

  it('gives every fact once and in order, however often and wherever connections end', async () => {
    const law = fc.asyncProperty(fc.array(fate, { maxLength: 5 }), async (script) => {
      fates.splice(0, fates.length, ...script);
      const got = await followed();
      expect(got.map(({ fact }) => fact)).toEqual(ledger.facts);
      expect(got.map(({ position }) => position)).toEqual(ledger.facts.map((_, n) => String(n + 1)));
    });
    await fc.assert(law, { numRuns: 50 });
  });

  it('survives a loss after every single byte of the first events', async () => {
    const short = ledger.bytesAfter(0).indexOf('id: 3');
    for (let bytes = 0; bytes <= short; bytes++) {
      fates.splice(0, fates.length, { cuts: [], bytes, end: 'torn' });
      expect((await followed()).map(({ position }) => position)).toEqual(ledger.facts.map((_, n) => String(n + 1)));
    }
  }, 30_000);

  it('reads characters that were cut in the middle', async () => {
    const bytes = ledger.bytesAfter(0);
    fates.splice(0, fates.length, { cuts: Array.from({ length: 400 }, (_, n) => n), bytes: bytes.length, end: 'polite' });
    expect((await followed())[0]?.fact.source).toBe('/数据/平台 🚰');
  });
});
