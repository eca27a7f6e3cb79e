/** The gateway as a table of routes over ports: what runs in production and in tests alike. */
import { type FactBus } from '@tributary/fact-bus';
import { type PackageStore } from '@tributary/package-store';
import { type Database, type Transaction } from '@tributary/persistence';
import { type Route, type ServiceContext } from '@tributary/service-kit';
import { traceContextOf } from '@tributary/telemetry';
import { packageRoutes } from './bytes/package.routes';
import { reportUploadRoutes } from './bytes/report-upload.routes';
import { contractRoutes } from './contract/contract.routes';
import { type DeadLetterMemory } from './dead-letters/dead-letter.memory';
import { deadLetterRoutes } from './dead-letters/dead-letter.routes';
import { DeadLetters } from './dead-letters/dead-letters';
import { definitionRoutes } from './definition/definition.routes';
import { findingsRoutes } from './findings/findings.routes';
import { MergedFindings } from './findings/merged-findings';
import { productRoutes } from './findings/product.routes';
import { ruleRoutes } from './findings/rule.routes';
import { VerifiedReports } from './findings/verified-reports';
import { Slots } from './flow/slots';
import { taskRoutes } from './tasks/task.routes';
import { type UploadMemory } from './upload/upload.memory';
import { type Spans, UploadPackage } from './upload/upload-package';
import { uploadRoutes } from './upload/upload.routes';
import { DefinitionPolicySource } from './upstream/definition.policy-source';
import { type Upstream } from './upstream/upstream';

export interface GatewayPorts<T extends Transaction> {
  readonly database: Database<T>;
  readonly uploads: UploadMemory;
  readonly deadLetters: DeadLetterMemory;
  readonly bus: FactBus<T>;
  readonly store: PackageStore;
  readonly coordinator: Upstream;
  readonly definition: Upstream;
}

export interface GatewayLimits {
  readonly packageBytesMax: number;
  /** Uploads received at once; four times as many wait. */
  readonly uploadsMax: number;
}

export const defaultLimits: GatewayLimits = { packageBytesMax: 2 * 1024 ** 3, uploadsMax: 32 };

const uploadWaitMsMax = 30_000;

export interface Gateway<T extends Transaction> {
  readonly routes: readonly Route[];
  readonly deadLetters: DeadLetters<T>;
}

export function gatewayOf<T extends Transaction>(context: ServiceContext, ports: GatewayPorts<T>, limits: GatewayLimits): Gateway<T> {
  const { clock, identity, log } = context;
  const { coordinator, definition, uploads: memory, store } = ports;
  const { packageBytesMax, uploadsMax } = limits;
  const policies = new DefinitionPolicySource(definition);
  const uploads = new UploadPackage({ ...ports, memory, policies, clock, identity, log, packageBytesMax, spans: spansOf(context) });
  const slots = new Slots({ atOnce: uploadsMax, waitingMax: 4 * uploadsMax, waitMsMax: uploadWaitMsMax, clock });
  const findings = new MergedFindings(store, new VerifiedReports(store, log), log);
  const deadLetters = new DeadLetters({ ...ports, memory: ports.deadLetters, clock });
  const routes: readonly Route[] = [
    ...uploadRoutes({ uploads, slots, packageBytesMax }),
    ...taskRoutes({ coordinator, uploads: memory, log }),
    ...findingsRoutes({ coordinator, uploads: memory, log, findings }),
    ...productRoutes({ coordinator, uploads: memory, log, findings }),
    ...ruleRoutes({ coordinator, uploads: memory, log, findings }),
    ...packageRoutes({ store, uploads: memory }),
    ...reportUploadRoutes({ store, uploads: memory, slots }),
    ...definitionRoutes(definition),
    ...deadLetterRoutes({ memory: ports.deadLetters, letters: deadLetters }),
    ...contractRoutes(() => routes),
  ];
  return { routes, deadLetters };
}

function spansOf({ telemetry }: ServiceContext): Spans {
  return { start: (name, parent) => telemetry.start(name, { kind: 'producer', parent: traceContextOf(parent) }) };
}
