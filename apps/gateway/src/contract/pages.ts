/** Pages for people: the way in, and the API to read. Nothing is loaded from elsewhere and nothing runs. Pure. */
import { type Language } from '@tributary/service-kit';
import { createHash } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

const style = `:root{color-scheme:light dark;--line:#8884;--dim:#888}
body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:1px solid var(--line);margin-top:2.5rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
code,pre{font-family:ui-monospace,monospace;font-size:.875em}pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.4rem}
.method{display:inline-block;min-width:3.5rem;font-weight:700}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.25rem .5rem;border-top:1px solid var(--line)}p.dim,td.dim{color:var(--dim)}nav a{margin-right:1rem}`;

/** For the header around the pages: their style and nothing else. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const tags: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  tasks: { en: 'Tasks', zh: '任务' },
  findings: { en: 'Findings and reports', zh: '问题与报告' },
  products: { en: 'Products', zh: '产品' },
  definitions: { en: 'Policies and configurations', zh: '策略与配置' },
  workers: { en: 'For workers', zh: '面向工作器' },
  operations: { en: 'Operations', zh: '运维' },
  contract: { en: 'The contract', zh: '契约' },
};

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly says: Json;
}

/** The API to read, made from its OpenAPI description. */
export function apiPage(description: Json, language: Language): string {
  const zh = language === 'zh';
  const operations = operationsOf(description);
  const sections = Object.entries(tags).map(([tag, name]) => {
    const mine = operations.filter(({ says }) => (says['tags'] as string[] | undefined)?.[0] === tag);
    return mine.length === 0 ? '' : `<h2>${name[language]}</h2>\n${mine.map((operation) => operationSection(operation, language)).join('')}`;
  });
  const { title, description: about } = description['info'] as { title: string; description: string };
  const intro = zh
    ? '错误为 RFC 9457 问题文档；列表返回 <code>{ items, nextCursor }</code>；<code>Accept-Language</code> 选择文本语言；接受并返回 <code>traceparent</code>。'
    : inCode(about);
  const links = `<nav><a href="/">Tributary</a><a href="/openapi.json">OpenAPI</a><a href="/asyncapi.json">AsyncAPI</a><a href="/docs?lang=${zh ? 'en' : 'zh'}">${zh ? 'English' : '中文'}</a></nav>`;
  return page(`${title} API`, language, `<h1>${escaped(title)} API</h1>\n${links}\n<p>${intro}</p>\n${sections.join('')}`);
}

/** The way in. */
export function rootPage(): string {
  const body = `<h1>Tributary</h1>
<p>A fact-driven quality gate for version packages of big-data products. Upload a zip; whoever is concerned scans it; the gate converges to one verdict that explains itself.</p>
<p lang="zh-CN">面向大数据产品版本包的事实驱动质量门禁：上传 zip，相关的扫描工作器各自参与，最终收敛为一个可解释的结论。</p>
<pre>curl -F product=sales -F version=1.0 -F file=@package.zip http://127.0.0.1:8080/api/v1/gate/tasks</pre>
<ul>
<li><a href="/docs?lang=en">The API</a> · <a href="/docs?lang=zh" lang="zh-CN">接口文档</a></li>
<li><a href="/openapi.json">OpenAPI 3.1</a> · <a href="/asyncapi.json">AsyncAPI 3</a></li>
<li><a href="/api/v1/gate/tasks">Tasks</a> · <a href="/api/v1/gate/tasks" lang="zh-CN">任务</a></li>
<li><a href="/readyz">Ready?</a> · <a href="/metrics">Metrics</a></li>
</ul>`;
  return page('Tributary', 'en', body);
}

function operationsOf(description: Json): Operation[] {
  const paths = description['paths'] as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, says]) => ({ method: method.toUpperCase(), path, says })));
}

function operationSection({ method, path, says }: Operation, language: Language): string {
  const summary = String(language === 'zh' ? says['x-summary-zh'] : says['summary']);
  const parameters = (says['parameters'] as Json[]).map(
    ({ name, in: place, schema, description }) =>
      `<tr><td><code>${escaped(String(name))}</code></td><td class="dim">${escaped(String(place))}</td><td>${escaped(shapeOf(schema as Json, description))}</td></tr>\n`,
  );
  const body = Object.keys((says['requestBody'] as { content?: Json } | undefined)?.content ?? {});
  const bodies = body.length === 0 ? [] : [`<tr><td>body</td><td class="dim"></td><td>${escaped(body.join(', '))}</td></tr>\n`];
  const responses = Object.entries(says['responses'] as Readonly<Record<string, Json>>)
    .filter(([status]) => status !== 'default')
    .map(([status, { description }]) => `<tr><td>${escaped(status)}</td><td class="dim"></td><td>${inCode(String(description))}</td></tr>\n`);
  const rows = [...parameters, ...bodies, ...responses].join('');
  return `<h3><span class="method">${method}</span> <code>${escaped(path)}</code></h3>\n<p>${escaped(summary)}</p>\n<table>${rows}</table>\n`;
}

function shapeOf(schema: Json, description: unknown): string {
  const { type, enum: values, minimum, maximum, default: assumed } = schema as Json & { readonly minimum?: number; readonly maximum?: number };
  const parts = [
    Array.isArray(values) ? values.join(' | ') : type,
    ...(minimum === undefined || maximum === undefined ? [] : [`${String(minimum)} – ${String(maximum)}`]),
    ...(assumed === undefined ? [] : [`= ${JSON.stringify(assumed)}`]),
    description ?? schema['description'],
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

function page(title: string, language: Language, body: string): string {
  return `<!DOCTYPE html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function inCode(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
