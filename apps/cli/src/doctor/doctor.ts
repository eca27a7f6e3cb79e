/** `tributary doctor`: what works, what does not, and what to do about it. */
import { type ApiClient, ApiProblem, type Readiness, StrangeAnswer, Unreachable } from '@tributary/api-client';
import { type Invocation } from '../invocation';
import { isTooOld } from '../oldest-node';
import { durationText } from '../quantities';
import { plain, type Tone } from '../style';
import { failureText } from '../tell-failure';
import { type TextKey, type TextValues } from '../texts';
import { version } from '../version';

type State = 'good' | 'fair' | 'bad';

export interface Check {
  readonly check: string;
  readonly state: State;
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** The header that tells the server's time has whole seconds, and a way. */
const skewMsMax = 2_000;
/** The first number of the API that we were made for. */
const apiVersion = '1';
const signs: Readonly<Record<State, readonly [string, Tone]>> = { good: ['✔', 'good'], fair: ['▲', 'fair'], bad: ['✖', 'bad'] };

/** 0: all is well. 1: something is not. 2: nobody answers. */
export async function examine(invocation: Invocation): Promise<number> {
  const doctor = new Doctor(invocation);
  const checks = await doctor.examine();
  const well = checks.every(({ state }) => state !== 'bad');
  if (invocation.json) invocation.printJson({ url: invocation.url, well, checks });
  else {
    for (const { state, says, todo } of checks) {
      const [sign, tone] = signs[state];
      if (!invocation.quiet || state !== 'good') invocation.print(`${invocation.style(tone, sign)} ${says}`, ...(todo === undefined ? [] : [`  → ${todo}`]));
    }
    invocation.note(invocation.text(well ? 'doctorWell' : 'doctorUnwell'));
  }
  return doctor.reached ? (well ? 0 : 1) : 2;
}

class Doctor {
  reached = false;
  readonly #client: ApiClient;

  constructor(private readonly invocation: Invocation) {
    this.#client = invocation.client();
  }

  async examine(): Promise<readonly Check[]> {
    const own = this.#ownNode();
    const alive = await this.#alive();
    if (!this.reached) return [own, alive];
    const readiness = await this.#client.ready({ signal: this.invocation.signal }).catch((error: unknown) => this.#failed('ready', error));
    const ready = 'check' in readiness ? [readiness] : [this.#ready(readiness), ...this.#skew(readiness)];
    return [own, alive, ...ready, ...(await this.#version()), ...(await this.#signedIn()), ...(await this.#policies()), ...(await this.#letters())];
  }

  #ownNode(): Check {
    const { nodeVersion } = this.invocation.world;
    const isNew = !isTooOld(nodeVersion);
    return this.#check('node', isNew ? 'good' : 'bad', 'doctorNode', { version: nodeVersion }, isNew ? undefined : 'doctorNodeOld');
  }

  async #alive(): Promise<Check> {
    try {
      await this.#client.health({ signal: this.invocation.signal });
      this.reached = true;
      return this.#check('reachable', 'good', 'doctorAlive', { url: this.invocation.url });
    } catch (error) {
      return this.#failed('reachable', error);
    }
  }

  #ready({ ready, missing }: Readiness): Check {
    return ready
      ? this.#check('ready', 'good', 'doctorReady')
      : this.#check('ready', 'bad', 'doctorNotReady', { missing: missing.map(plain).join(', ') }, 'doctorNotReadyDo');
  }

  #skew({ serverTimeMs }: Readiness): Check[] {
    if (serverTimeMs === undefined) return [];
    const skew = Math.abs(this.invocation.world.now() - serverTimeMs);
    const isFair = skew <= skewMsMax;
    // The server tells its time in whole seconds.
    if (skew < 1_000) return [this.#check('clock', 'good', 'doctorSameTime')];
    return [this.#check('clock', isFair ? 'good' : 'fair', 'doctorSkew', { skew: durationText(skew) }, isFair ? undefined : 'doctorSkewDo')];
  }

  async #version(): Promise<Check[]> {
    const server = await this.#client.apiVersion({ signal: this.invocation.signal }).catch(() => undefined);
    if (server === undefined) return [];
    const isSame = server.split('.')[0] === apiVersion;
    return [this.#check('version', isSame ? 'good' : 'fair', 'doctorVersion', { server: plain(server), own: version }, isSame ? undefined : 'doctorVersionDo')];
  }

  async #signedIn(): Promise<Check[]> {
    const given = this.invocation.token !== undefined;
    try {
      await this.#client.tasks({ limit: 1 }, { signal: this.invocation.signal });
      return [this.#check('token', 'good', given ? 'doctorSignedIn' : 'doctorOpen')];
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return [this.#check('token', 'bad', given ? 'doctorToken' : 'doctorNoToken', {}, 'signIn')];
      return [this.#failed('tasks', error)];
    }
  }

  async #policies(): Promise<Check[]> {
    try {
      const { items } = await this.#client.policies({ limit: 20 }, { signal: this.invocation.signal });
      return [this.#check('policies', 'good', 'doctorPolicies', { ids: items.map(({ id }) => plain(id)).join(', ') })];
    } catch (error) {
      if (error instanceof ApiProblem && error.status >= 500) return [this.#check('policies', 'fair', 'doctorPoliciesAway', {}, 'doctorPoliciesDo')];
      return error instanceof ApiProblem && error.status === 401 ? [] : [this.#failed('policies', error)];
    }
  }

  async #letters(): Promise<Check[]> {
    try {
      const { items, nextCursor } = await this.#client.deadLetters({ state: 'open', limit: 500 }, { signal: this.invocation.signal });
      const n = `${items.length}${nextCursor === undefined ? '' : '+'}`;
      return items.length === 0
        ? [this.#check('deadLetters', 'good', 'doctorNoLetters')]
        : [this.#check('deadLetters', 'fair', 'doctorLetters', { n }, 'doctorLettersDo')];
    } catch (error) {
      return error instanceof ApiProblem && error.status === 401 ? [] : [this.#failed('deadLetters', error)];
    }
  }

  #failed(check: string, error: unknown): Check {
    if (!(error instanceof ApiProblem || error instanceof StrangeAnswer || error instanceof Unreachable)) throw error;
    const { sentence, details, hint } = failureText(error, this.invocation.language, this.invocation.world.environment);
    return { check, state: 'bad', says: [sentence, ...details.slice(0, 1)].join(': '), ...(hint !== undefined && { todo: hint }) };
  }

  #check(check: string, state: State, says: TextKey, values: TextValues = {}, todo?: TextKey): Check {
    return { check, state, says: this.invocation.text(says, values), ...(todo && { todo: this.invocation.text(todo) }) };
  }
}
