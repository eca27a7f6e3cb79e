/** Which processes a cluster has: names, ports, environments. Pure. */
import { type ProcessSpec } from '@tributary/local-runtime';
import { services } from './services';

export interface ClusterPlan {
  /** Absolute path of the folder with one bundle per service. */
  readonly bundles: string;
  readonly node: string;
  readonly logFolder: string;
  readonly storeFolder: string;
  readonly databaseUrl: string;
  /** Absent: facts travel in PostgreSQL. */
  readonly kafkaBrokers?: string;
  readonly replicas: Readonly<Record<string, number>>;
  /** Where the gateway listens. */
  readonly host: string;
  readonly port: number;
  /** Free ports for everybody else, one per process. */
  readonly ports: readonly number[];
  /** `TRIBUTARY_...` of our own environment, by the service that reads it. */
  readonly settings: (service: string) => Readonly<Record<string, string>>;
}

/** How many ports besides the gateway's. */
export function portsNeeded(replicas: Readonly<Record<string, number>>): number {
  return services.filter(({ name }) => name !== 'gateway').reduce((sum, { name }) => sum + (replicas[name] ?? 1), 0);
}

export function processesOf(plan: ClusterPlan): readonly ProcessSpec[] {
  const ports = [...plan.ports];
  const urls = new Map<string, string[]>();
  return services.flatMap(({ name, stage }) =>
    Array.from({ length: plan.replicas[name] ?? 1 }, (_, n): ProcessSpec => {
      const port = name === 'gateway' ? plan.port : (ports.shift() ?? 0);
      const host = name === 'gateway' ? plan.host : '127.0.0.1';
      const url = `http://${host}:${port}`;
      urls.set(name, [...(urls.get(name) ?? []), url]);
      const shown = (plan.replicas[name] ?? 1) > 1 ? `${name}-${n + 1}` : name;
      return {
        name: shown,
        command: plan.node,
        args: [`${plan.bundles}/${name}/main.js`],
        env: { ...plan.settings(name), ...environmentOf(plan, { host, port }), ...(name === 'gateway' && upstreams(urls)) },
        logFile: `${plan.logFolder}/${shown}.log`,
        readyUrl: `${url}/readyz`,
        stage,
        restart: 'on-crash',
      };
    }),
  );
}

function environmentOf(
  { databaseUrl, storeFolder, kafkaBrokers }: ClusterPlan,
  { host, port }: { readonly host: string; readonly port: number },
): Record<string, string> {
  return {
    TRIBUTARY_DATABASE_URL: databaseUrl,
    TRIBUTARY_STORE_FOLDER: storeFolder,
    TRIBUTARY_BUS: kafkaBrokers === undefined ? 'postgres' : 'kafka',
    ...(kafkaBrokers !== undefined && { TRIBUTARY_KAFKA_BROKERS: kafkaBrokers }),
    TRIBUTARY_HTTP_HOST: host,
    TRIBUTARY_HTTP_PORT: String(port),
    TRIBUTARY_LOG_PRETTY: 'false',
  };
}

function upstreams(urls: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return { TRIBUTARY_COORDINATOR_URL: urls.get('coordinator')?.join(',') ?? '', TRIBUTARY_DEFINITION_URL: urls.get('definition')?.join(',') ?? '' };
}
