/** The settings that every process shares. */
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const PlatformConfig = z.object({
  /** PostgreSQL 17 or newer; every service keeps to a schema of its own. */
  databaseUrl: z.string().min(1),
  /** What carries the facts. */
  bus: z.enum(['postgres', 'kafka']).default('postgres'),
  /** `host:port`, separated by commas; with `bus=kafka`. */
  kafkaBrokers: z.string().min(1).optional(),
  /** Folder of the package store, shared by all services; or a bucket, below. */
  storeFolder: z.string().min(1).optional(),
  /** Bucket of the package store, S3 API; goes before a folder. */
  storeBucket: z.string().min(1).optional(),
  /** Of an S3 that is not Amazon's. */
  storeEndpoint: z.url().optional(),
  /** Of the bucket. */
  storeRegion: z.string().min(1).default('us-east-1'),
  /** Both keys or none: then the AWS client looks for them in its own places. */
  storeAccessKey: z.string().min(1).optional(),
  storeSecretKey: z.string().min(1).optional(),
  /** OpenTelemetry collector, OTLP over HTTP. */
  otlpEndpoint: z.url().optional(),
  /** The least that is logged. */
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  /** Lines for people instead of JSON; by default in a terminal. */
  logPretty: flag.optional(),
  /** Where a service listens; `standalone` gives every service but the gateway a free port. */
  httpHost: z.string().min(1).default('127.0.0.1'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(8080),
});
export type PlatformConfig = z.infer<typeof PlatformConfig>;
