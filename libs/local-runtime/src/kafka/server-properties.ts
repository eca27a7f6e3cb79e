/** The settings of one local broker: KRaft, loopback, small, quick to notice failures. Pure. */

export interface BrokerPlace {
  /** From 1. */
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Controller ports of all nodes, in the order of their ids. */
  readonly controllerPorts: readonly number[];
  readonly logDir: string;
  /** Of the machine; sizes the thread pools. */
  readonly cores: number;
}

export type KafkaProperties = Readonly<Record<string, string | number | boolean>>;

/** The text of a `server.properties`; `extra` wins over what stands here. */
export function renderProperties(place: BrokerPlace, extra: KafkaProperties = {}): string {
  const all: KafkaProperties = {
    ...whoAndWhere(place),
    ...replication(place.controllerPorts.length),
    ...timing(place.controllerPorts.length),
    ...size(place),
    ...extra,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}=${escapeValue(String(value))}`)
    .join('\n')}\n`;
}

/** Combined broker and controller, loopback only, no TLS: for development and tests. */
function whoAndWhere({ nodeId, port, controllerPort, controllerPorts, logDir }: BrokerPlace): KafkaProperties {
  return {
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    'controller.quorum.voters': controllerPorts.map((voterPort, index) => `${String(index + 1)}@127.0.0.1:${String(voterPort)}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${String(port)},CONTROLLER://127.0.0.1:${String(controllerPort)}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${String(port)}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': logDir,
    // Topics are part of the contract: nobody creates one by accident.
    'auto.create.topics.enable': false,
    'delete.topic.enable': true,
    'num.partitions': 1,
  };
}

function replication(brokers: number): KafkaProperties {
  const inSyncMin = brokers > 1 ? brokers - 1 : 1;
  return {
    'default.replication.factor': brokers,
    'min.insync.replicas': inSyncMin,
    'offsets.topic.replication.factor': brokers,
    'transaction.state.log.replication.factor': brokers,
    'transaction.state.log.min.isr': inSyncMin,
    'share.coordinator.state.topic.replication.factor': brokers,
    'share.coordinator.state.topic.min.isr': inSyncMin,
    'unclean.leader.election.enable': false,
    // Small internal topics: faster start, less disk.
    'offsets.topic.num.partitions': brokers,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.num.partitions': 1,
  };
}

function timing(brokers: number): KafkaProperties {
  return {
    'group.initial.rebalance.delay.ms': 0,
    'group.coordinator.append.linger.ms': 0,
    'controller.quorum.append.linger.ms': 0,
    // Tests may use short sessions; the classic protocol and KIP-848, whose timers live on the broker.
    'group.min.session.timeout.ms': 200,
    'group.consumer.min.session.timeout.ms': 300,
    'group.consumer.min.heartbeat.interval.ms': 50,
    'group.consumer.session.timeout.ms': 3000,
    'group.consumer.heartbeat.interval.ms': 300,
    'group.consumer.assignment.interval.ms': 0,
    // A killed node cannot register again before its old session has expired: 1 s alone; 2 s where a busy neighbour must not be mistaken for dead.
    'broker.heartbeat.interval.ms': 250,
    'broker.session.timeout.ms': brokers > 1 ? 2000 : 1000,
    'controller.quorum.election.timeout.ms': 500,
    'controller.quorum.fetch.timeout.ms': 1000,
    'controller.quorum.election.backoff.max.ms': 300,
    'replica.lag.time.max.ms': 5000,
    'controlled.shutdown.enable': true,
  };
}

function size({ cores }: BrokerPlace): KafkaProperties {
  return {
    'num.network.threads': cores > 2 ? 3 : 2,
    'num.io.threads': Math.max(2, Math.min(8, cores)),
    'num.replica.fetchers': 1,
    'background.threads': 2,
    'num.recovery.threads.per.data.dir': 1,
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    'log.segment.bytes': 134_217_728,
    'log.retention.hours': 24,
    'log.initial.task.delay.ms': 5000,
  };
}

/** Java reads the file as Latin-1 and backslashes as escapes. */
export function escapeValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/^ /, '\\ ')
    .replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
