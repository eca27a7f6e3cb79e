/** The scan process of the __kebab__-worker: a second entry beside the service. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { __camel__Worker } from './__kebab__.worker';

createScanProcess([__camel__Worker]);
