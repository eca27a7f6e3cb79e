/** The services of a cluster and the stages in which they start: who records facts comes after who states them, the door comes last. */
import { workers } from '@tributary/lineup';

export interface ServiceStage {
  readonly name: string;
  readonly stage: number;
}

export const services: readonly ServiceStage[] = [
  { name: 'definition', stage: 1 },
  ...workers.map(({ service }) => ({ name: service, stage: 1 })),
  { name: 'coordinator', stage: 2 },
  { name: 'gateway', stage: 3 },
];

export const serviceNames: readonly string[] = services.map(({ name }) => name);
