/** Reads a JSON body: bounded, with the place of a syntax error. */
import { type Request } from 'express';
import { type z } from 'zod';
import { faultsOf, inBody, Problem } from './problem';

const bodyBytesMax = 1024 * 1024;

export async function readJson(request: Request, schema: z.ZodType): Promise<unknown> {
  const text = await readText(request);
  let value: unknown;
  try {
    // Nothing to say is an answer to a POST; what a PUT puts must be said: an empty file would put the defaults in place of what is there.
    value = text.trim() === '' && request.method === 'POST' ? {} : JSON.parse(text);
  } catch (error) {
    throw malformed(text, error);
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Problem(400, 'INVALID_BODY', { en: 'The body is not what this call takes.', zh: '请求体不符合要求。' }, { errors: faultsOf(parsed.error, inBody) });
}

export async function readText(request: Request, bytesMax = bodyBytesMax): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) throw new Problem(413, 'BODY_TOO_LARGE', { en: `The body may have ${bytesMax} bytes at most.`, zh: `请求体最大 ${bytesMax} 字节。` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function malformed(text: string, error: unknown): Problem {
  const said = error instanceof Error ? error.message : 'not JSON';
  const at = Number(/position (\d+)/.exec(said)?.[1] ?? text.length);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const message = { en: said, zh: `JSON 语法错误（第 ${line} 行第 ${column} 列）` };
  return new Problem(
    400,
    'MALFORMED_JSON',
    { en: 'The body is not JSON.', zh: '请求体不是有效的 JSON。' },
    { errors: [{ line, column, code: 'MALFORMED_JSON', message }] },
  );
}
