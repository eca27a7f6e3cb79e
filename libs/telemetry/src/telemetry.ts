/** One service's traces. Several services may live in one process: each has a provider, hence a `service.name`, of its own. */
import { type Context, context, type Span, SpanKind, SpanStatusCode, trace, TraceFlags, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { OtlpExporter } from './otlp-exporter';
import { parseTraceparent, type TraceContext, traceparentOf } from './trace-context';

export interface TelemetryOptions {
  readonly service: string;
  readonly version: string;
  readonly instance: string;
  /** OTLP over HTTP, `http://host:4318`; without it spans have ids and go nowhere. */
  readonly otlpEndpoint?: string | undefined;
  /** Instead of OTLP, for tests. */
  readonly exporter?: SpanExporter;
}

export interface SpanOptions {
  readonly kind?: 'internal' | 'server' | 'producer' | 'consumer' | 'client';
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Whose child this is: a fact's or request's trace context; else the span that is active. */
  readonly parent?: TraceContext | undefined;
}

const kinds = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT };

export class Telemetry {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;

  constructor({ service, version, instance, otlpEndpoint, exporter }: TelemetryOptions) {
    // Once per process; a second registration is refused by the API and changes nothing.
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const target = exporter ?? (otlpEndpoint === undefined ? undefined : new OtlpExporter(`${otlpEndpoint.replace(/\/$/, '')}/v1/traces`));
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': service,
        'service.version': version,
        'service.instance.id': instance,
        'service.namespace': 'tributary',
      }),
      spanProcessors: target ? [new BatchSpanProcessor({ exporter: target, scheduledDelayMillis: 500 })] : [],
    });
    this.#tracer = this.#provider.getTracer('tributary', version);
  }

  /** Runs `work` inside a new span that is active meanwhile; an error is recorded and thrown on. */
  async span<R>(name: string, options: SpanOptions, work: (span: ActiveSpan) => Promise<R>): Promise<R> {
    const active = this.start(name, options);
    try {
      return await context.with(active.context, () => work(active));
    } catch (error) {
      active.failed(error);
      throw error;
    } finally {
      active.end();
    }
  }

  start(name: string, { kind = 'internal', attributes = {}, parent }: SpanOptions = {}): ActiveSpan {
    const from = parent ? trace.setSpanContext(context.active(), remote(parent)) : context.active();
    return new ActiveSpan(this.#tracer.startSpan(name, { kind: kinds[kind], attributes }, from), from);
  }

  async shutdown(): Promise<void> {
    await this.#provider.shutdown();
  }
}

export class ActiveSpan {
  readonly context: Context;

  constructor(
    private readonly span: Span,
    from: Context,
  ) {
    this.context = trace.setSpan(from, span);
  }

  /** W3C `traceparent` of this span: what its children are given. */
  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return traceparentOf({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  set(name: string, value: string | number | boolean): void {
    this.span.setAttribute(name, value);
  }

  failed(error: unknown): void {
    this.span.recordException(error instanceof Error ? error : String(error));
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  }

  end(): void {
    this.span.end();
  }

  /** Makes the span active for `work`, without ending it. */
  run<R>(work: () => R): R {
    return context.with(this.context, work);
  }
}

/** The `traceparent` of whatever span is active now. */
export function activeTraceparent(): string | undefined {
  const active = trace.getSpanContext(context.active());
  return active && traceparentOf({ traceId: active.traceId, spanId: active.spanId, sampled: (active.traceFlags & TraceFlags.SAMPLED) !== 0 });
}

export function traceContextOf(traceparent: string | undefined): TraceContext | undefined {
  return traceparent === undefined ? undefined : parseTraceparent(traceparent);
}

function remote({ traceId, spanId, sampled }: TraceContext): { traceId: string; spanId: string; traceFlags: number; isRemote: true } {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}
