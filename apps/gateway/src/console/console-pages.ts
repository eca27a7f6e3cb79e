/** The built console at the gate's own door: its files, and its first page for every path that a person opens. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** Nothing is loaded from elsewhere and nothing inline runs. Ant Design writes its styles into the page while it runs. */
export const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = 'index.html';
/** Best first; made by the build beside every file that shrinks. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Beside the bundle that runs (`dist/<app>/main.js`). */
export function builtConsoleFolder(): string {
  return join(__dirname, '..', 'console');
}

/** Answers what the console has at a path that is no route of the API, and goes on when it has nothing there. Undefined when none was built. */
export function consolePages(folder: string): RequestHandler | undefined {
  if (!existsSync(join(folder, page))) return undefined;
  const files = express.static(folder, { index: false, redirect: false, setHeaders: headersOf });
  return (request, response, next) => {
    const path = isFile(request.path) ? request.path : request.path === '/' || isOpenedByPerson(request) ? `/${page}` : undefined;
    if (path === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    const encoding = encodings.find(({ name, suffix }) => request.acceptsEncodings(name) === name && existsSync(join(folder, `${path}${suffix}`)));
    response.vary('accept-encoding');
    if (encoding) response.type(extname(path)).set('content-encoding', encoding.name);
    request.url = `${path}${encoding?.suffix ?? ''}`;
    files(request, response, next);
  };
}

/** The names of files that the build makes; nothing else of the folder is served. */
function isFile(path: string): boolean {
  return /^\/assets\/[\w.-]+\.(js|css|svg|woff2)$|^\/favicon\.svg$/.test(path);
}

/** A browser that goes to a page asks for HTML by name; programs that mistyped a path get their problem document. */
function isOpenedByPerson(request: Request): boolean {
  return !/^\/(api|schemas|internal)(\/|$)/.test(request.path) && /text\/html/.test(request.headers.accept ?? '');
}

function headersOf(response: Response, path: string): void {
  const hashed = !basename(path).startsWith(page) && /[\\/]assets[\\/]/.test(path);
  response.set({
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': consolePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
}
