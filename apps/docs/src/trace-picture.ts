/** `docs/pictures/upload-trace.svg`: the spans of a real upload, drawn as a trace viewer does. Pure. */
import { z } from 'zod';
import { type PrintedFile } from './markdown';

const Recording = z.object({
  traceId: z.string(),
  spans: z.array(
    z.object({
      service: z.string(),
      name: z.string(),
      spanId: z.string(),
      parentSpanId: z.string(),
      startMs: z.number().min(0),
      durationMs: z.number().min(0),
    }),
  ),
});
export type Recording = z.infer<typeof Recording>;
type Span = Recording['spans'][number];

const recorded = 'docs/pictures/upload-trace.json';
/** Pixels. */
const size = { width: 1_000, row: 26, names: 330, head: 44, right: 90 } as const;
/** One for each service, dark enough for white paper and light enough for a dark one. */
const colours = ['#2f6fde', '#0f9d76', '#c2571a', '#8a4fd3', '#b5841b', '#c23b6b', '#4f7d8c', '#6b7280'];

export function tracePicture(read: (path: string) => string): PrintedFile {
  return { path: 'docs/pictures/upload-trace.svg', text: drawn(Recording.parse(JSON.parse(read(recorded)))) };
}

export function drawn({ traceId, spans }: Recording): string {
  const rows = inTreeOrder(spans);
  const lastMs = Math.max(1, ...spans.map(({ startMs, durationMs }) => startMs + durationMs));
  const height = size.head + rows.length * size.row + 12;
  const x = (ms: number): number => size.names + (ms / lastMs) * (size.width - size.names - size.right);
  const services = [...new Set(rows.map(({ span }) => span.service))];
  const colourOf = (service: string): string => colours[services.indexOf(service) % colours.length] ?? '';
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * lastMs);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(size.width)} ${String(height)}" font-family="system-ui, sans-serif" font-size="13" role="img">`,
    `<title>Trace ${escaped(traceId)}: ${String(spans.length)} spans of ${String(services.length)} services</title>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...ticks.map(
      (ms) =>
        `<path d="M${round(x(ms))} 30V${String(height - 8)}" stroke="#d8dee6"/><text x="${round(x(ms))}" y="22" fill="#55606e" text-anchor="middle">${inWords(ms)}</text>`,
    ),
    ...rows.map(({ span, depth }, index) => rowOf(span, depth, size.head + index * size.row, x, colourOf(span.service))),
    '</svg>',
  ].join('\n')}\n`;
}

function rowOf({ service, name, startMs, durationMs }: Span, depth: number, y: number, x: (ms: number) => number, colour: string): string {
  const [from, to] = [x(startMs), Math.max(x(startMs + durationMs), x(startMs) + 2)];
  return [
    `<text x="${String(12 + depth * 16)}" y="${String(y + 14)}" fill="#1f2733"><tspan font-weight="600">${escaped(service)}</tspan> <tspan fill="#55606e">${escaped(name)}</tspan></text>`,
    `<rect x="${round(from)}" y="${String(y + 3)}" width="${round(to - from)}" height="15" rx="2" fill="${colour}"/>`,
    `<text x="${round(to + 6)}" y="${String(y + 15)}" fill="#1f2733" font-size="12">${inWords(durationMs)}</text>`,
  ].join('');
}

/** Parents before their children, children as they began. A span whose parent is not among them stands at the top. */
function inTreeOrder(spans: readonly Span[]): { readonly span: Span; readonly depth: number }[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = (parent: string | undefined, depth: number): { span: Span; depth: number }[] =>
    spans
      .filter(({ parentSpanId }) => (parent === undefined ? !ids.has(parentSpanId) : parentSpanId === parent))
      .toSorted((a, b) => a.startMs - b.startMs)
      .flatMap((span) => [{ span, depth }, ...below(span.spanId, depth + 1)]);
  return below(undefined, 0);
}

function inWords(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return ms >= 1 || ms === 0 ? `${ms.toFixed(0)} ms` : `${(ms * 1_000).toFixed(0)} µs`;
}

function round(pixels: number): string {
  return pixels.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
