/** A route as data: what it takes, what it answers, and who handles it. Validation, 405 and OpenAPI come from this one table. */
import { type ActiveSpan } from '@tributary/telemetry';
import { type Request, type Response } from 'express';
import { z } from 'zod';
import { type Bilingual, type Language } from './language';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Call<Query = unknown, Body = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  /** Who asks: the name of a token, or `anonymous`. */
  readonly actor: string;
  readonly span: ActiveSpan;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  readonly request: Request;
  readonly response: Response;
}

/** `undefined`: the handler has written the response itself. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteDescription {
  readonly method: Method;
  /** `/api/v1/gate/tasks/{taskId}` */
  readonly path: string;
  readonly summary: Bilingual;
  readonly tag?: string;
  /** A strict object: what it does not name is refused. */
  readonly query?: z.ZodObject;
  /** JSON, at most 1 MiB. */
  readonly body?: z.ZodType;
  /** The handler reads the request itself; these are the content types it takes. */
  readonly rawBody?: readonly string[];
  /** By status: what it says, and the shape of its JSON when it has one. */
  readonly responses: Readonly<Record<number, { readonly says: string; readonly schema?: z.ZodType; readonly contentType?: string }>>;
  /** Left out of the published description: for services among themselves. */
  readonly internal?: boolean;
}

export interface Route extends RouteDescription {
  readonly handle: (call: Call) => Promise<Answer | undefined>;
}

type Shape<T> = T extends z.ZodType ? z.infer<T> : undefined;

/** A route whose handler gets what its schemas say. */
export function route<const D extends RouteDescription>(
  description: D,
  handle: (call: Call<Shape<D['query']>, Shape<D['body']>>) => Promise<Answer | undefined>,
): Route {
  return { ...description, handle: handle as Route['handle'] };
}

/** The query parameters of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(1_000).optional(),
};
