/** The history of the coordinator's schema, in order. */
import { GateSchema1763700100000 } from './gate-schema.migration';
import { VersionIndex1763700100001 } from './version-index.migration';

export const coordinatorMigrations = [GateSchema1763700100000, VersionIndex1763700100001];
