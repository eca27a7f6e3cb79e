/** Sends spans by OTLP over HTTP. Its library is loaded with the first spans: most processes send none. */
import { type SpanExporter } from '@opentelemetry/sdk-trace';

type Spans = Parameters<SpanExporter['export']>[0];
type Result = Parameters<Parameters<SpanExporter['export']>[1]>[0];

/** As `ExportResultCode` of OpenTelemetry says it. */
const failed: unknown = 1;

export class OtlpExporter implements SpanExporter {
  #exporter: Promise<SpanExporter> | undefined;

  constructor(private readonly url: string) {}

  export(spans: Spans, tell: (result: Result) => void): void {
    this.#loaded().then(
      (exporter) => {
        exporter.export(spans, tell);
      },
      (error: unknown) => {
        tell({ code: failed as Result['code'], error: error instanceof Error ? error : new Error(String(error)) });
      },
    );
  }

  async forceFlush(): Promise<void> {
    await (await this.#exporter)?.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await (await this.#exporter)?.shutdown();
  }

  #loaded(): Promise<SpanExporter> {
    return (this.#exporter ??= import('@opentelemetry/exporter-trace-otlp-http').then(({ OTLPTraceExporter }) => new OTLPTraceExporter({ url: this.url })));
  }
}
