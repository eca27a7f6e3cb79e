/** What a running service is to whoever started it. */
import { type Telemetry } from '@tributary/telemetry';
import { type Clock, type Identity } from './clock';
import { type Log } from './log';
import { type Registry } from './metrics';

/** What every service is given besides its own configuration. */
export interface ServiceContext {
  readonly service: string;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly metrics: Registry;
  readonly clock: Clock;
  readonly identity: Identity;
  /** Where to listen; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
}

export interface RunningService {
  readonly name: string;
  readonly url: string;
  /** Empty when ready. */
  missing(): Promise<readonly string[]>;
  /** Stops taking, finishes or hands back, commits, closes; within the grace period. */
  stop(): Promise<void>;
}
