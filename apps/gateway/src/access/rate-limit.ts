/** So many requests of one client in a minute: a bucket of tokens for each, refilled as time goes. */
import { type Clock, Problem } from '@tributary/service-kit';

interface Bucket {
  tokens: number;
  at: number;
}

/** Clients remembered; the one longest not seen is forgotten, which can only be to its favour. */
const clientsMax = 10_000;

export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly perMinute: number,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** Throws a `Problem` (429) with Retry-After. */
  take(client: string): void {
    const now = this.clock.monotonic();
    const { tokens, at } = this.#buckets.get(client) ?? { tokens: this.perMinute, at: now };
    const filled = Math.min(this.perMinute, tokens + ((now - at) / 60_000) * this.perMinute);
    const left = filled >= 1 ? filled - 1 : filled;
    this.#remember(client, { tokens: left, at: now });
    if (filled >= 1) return;
    const seconds = Math.max(1, Math.ceil(((1 - filled) * 60) / this.perMinute));
    const detail = { en: `A client may send ${this.perMinute} requests in a minute.`, zh: `每个客户端每分钟最多 ${this.perMinute} 次请求。` };
    throw new Problem(429, 'RATE_LIMITED', detail, { headers: { 'retry-after': String(seconds) } });
  }

  #remember(client: string, bucket: Bucket): void {
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > clientsMax && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
