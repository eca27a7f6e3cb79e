/** What a worker counts. */
import { Counter, Gauge, Histogram, type Registry } from '@tributary/service-kit';

export class WorkerMetrics {
  readonly ended: Counter<'outcome'>;
  readonly declined: Counter<'reason'>;
  readonly retried: Counter<'reason'>;
  readonly held: Gauge;
  readonly seconds: Histogram<'step'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.ended = new Counter({ name: 'tributary_worker_runs_ended_total', help: 'Scans that ended, by how.', labelNames: ['outcome'], registers });
    this.declined = new Counter({
      name: 'tributary_worker_declined_total',
      help: 'Packages this worker left alone, by why.',
      labelNames: ['reason'],
      registers,
    });
    this.retried = new Counter({
      name: 'tributary_worker_retries_total',
      help: 'Tries that went wrong and were repeated, by why.',
      labelNames: ['reason'],
      registers,
    });
    this.held = new Gauge({ name: 'tributary_worker_runs_held', help: 'Runs that this process works on.', registers });
    this.seconds = new Histogram({
      name: 'tributary_worker_step_seconds',
      help: 'Time from handing a job to the runner to its answer.',
      labelNames: ['step'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300],
      registers,
    });
  }
}
