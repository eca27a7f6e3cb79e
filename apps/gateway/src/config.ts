/** What the gateway reads from its environment, once, at its start. */
import { z } from 'zod';

const wholeNumber = z.coerce.number().int();

const urls = z.string().refine((text) => text.split(',').every((url) => URL.canParse(url.trim())), 'base URLs, separated by commas');

export const gatewayConfig = z.object({
  /** Where the public API listens. Anything but loopback needs `tokensFile`. */
  httpHost: z.string().min(1).default('127.0.0.1'),
  httpPort: wholeNumber.min(0).max(65_535).default(8_080),
  /** PostgreSQL; the gateway keeps to the schema `gateway`. */
  databaseUrl: z.string().min(1),
  /** Base URLs of the services behind the door; of several replicas separated by commas. */
  coordinatorUrl: urls,
  definitionUrl: urls,
  /** A package may have this many bytes. */
  uploadBytesMax: wholeNumber.positive().default(2 * 1024 ** 3),
  /** Packages go after so many days; their verdicts, findings and reports stay. Without it they are kept for ever. */
  packageDays: wholeNumber.min(1).max(36_500).optional(),
  /** Uploads that are received at once; as many again times four wait their turn. */
  uploadsMax: wholeNumber.positive().max(1_000).default(32),
  /** Lines `name:sha256 of the token in hex`. Without it there is no login. */
  tokensFile: z.string().min(1).optional(),
  /** Requests of one client in a minute; without it there is no limit. */
  ratePerMinute: wholeNumber.positive().optional(),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;
