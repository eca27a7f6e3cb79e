/** Spans whose ids come from the seed and which go nowhere. */
import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { ActiveSpan, type SpanOptions, Telemetry } from '@tributary/telemetry';
import { type Random } from '../random';

export class SeededTelemetry extends Telemetry {
  constructor(
    service: string,
    private readonly random: Random,
  ) {
    super({ service, version: 'simulated', instance: service });
  }

  override start(_name: string, { parent }: SpanOptions = {}): ActiveSpan {
    const traceId = parent?.traceId ?? this.random.hex(32);
    const span = trace.wrapSpanContext({ traceId, spanId: this.random.hex(16), traceFlags: TraceFlags.SAMPLED });
    return new ActiveSpan(span, ROOT_CONTEXT);
  }

  override async span<R>(name: string, options: SpanOptions, work: (span: ActiveSpan) => Promise<R>): Promise<R> {
    return await work(this.start(name, options));
  }
}
