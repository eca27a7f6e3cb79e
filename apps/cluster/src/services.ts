/** The services of a cluster and the stages in which they start: who records facts comes after who states them, the door comes last. */

export interface ServiceStage {
  readonly name: string;
  readonly stage: number;
}

export const services: readonly ServiceStage[] = [
  { name: 'definition', stage: 1 },
  { name: 'package-worker', stage: 1 },
  { name: 'sql-worker', stage: 1 },
  { name: 'excel-worker', stage: 1 },
  { name: 'wedata-worker', stage: 1 },
  { name: 'coordinator', stage: 2 },
  { name: 'gateway', stage: 3 },
];

export const serviceNames: readonly string[] = services.map(({ name }) => name);
