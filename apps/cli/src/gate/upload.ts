/** `tributary gate upload` */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type ApiClient, Unreachable } from '@tributary/api-client';
import { type Accepted } from '@tributary/http-api';
import { Interrupted, TimedOut } from '../failure';
import { type Invocation } from '../invocation';
import { type LocalFile, localFile } from '../local-file';
import { durationOption } from '../options';
import { bytesText, durationText } from '../quantities';
import { plain } from '../style';
import { whyText } from '../tell-failure';
import { tellVerdict } from '../watch/verdict';
import { sayHowToComeBack, watchTask } from '../watch/watch-task';
import { namedIn } from './package-name';
import { policyGiven } from './policy-given';
import { UploadMeter } from './upload-meter';

const chunkBytes = 256 * 1024;

export async function uploadPackage(invocation: Invocation): Promise<number> {
  const timeoutMs = durationOption(invocation, 'timeout');
  const file = await localFile(invocation, invocation.argument(0), 'zip');
  const policy = await policyGiven(invocation);
  const began = invocation.world.now();
  const client = invocation.client();
  const accepted = await send(client, invocation, file, { policy, timeoutMs });
  const { taskId } = accepted;
  if (!invocation.switch('wait')) {
    if (invocation.json) invocation.printJson(accepted);
    else invocation.print(invocation.quiet ? taskId : invocation.text('uploaded', { taskId }));
    invocation.note(invocation.aside('dim', invocation.text('nextWatch', { command: invocation.commandLine('gate', 'watch', taskId) })));
    invocation.note(invocation.aside('dim', invocation.text('nextBrowser', { url: invocation.pageOf(taskId) })));
    return 0;
  }
  invocation.note(invocation.text('uploaded', { taskId }));
  try {
    const left = timeoutMs === undefined ? undefined : Math.max(1, timeoutMs - (invocation.world.now() - began));
    return await tellVerdict(client, invocation, await watchTask(client, invocation, taskId, { timeoutMs: left }));
  } catch (error) {
    sayHowToComeBack(error, invocation, taskId);
    throw error instanceof TimedOut && timeoutMs !== undefined ? new TimedOut(timeoutMs) : error;
  }
}

interface Sending {
  readonly policy: string | undefined;
  readonly timeoutMs: number | undefined;
}

async function send(client: ApiClient, invocation: Invocation, file: LocalFile, { policy, timeoutMs }: Sending): Promise<Accepted> {
  const { world } = invocation;
  const limit = new AbortController();
  const forget = timeoutMs === undefined ? undefined : world.pace.after(timeoutMs, () => { limit.abort(new TimedOut(timeoutMs)); }); // prettier-ignore
  const meter = await UploadMeter.start(invocation, file);
  try {
    return await client.upload({
      fileName: basename(file.path),
      size: file.size,
      open: () => createReadStream(file.path, { highWaterMark: chunkBytes, end: file.size - 1 }),
      ...nameFor(invocation, file),
      policy,
      idempotencyKey: invocation.option('idempotencyKey') ?? world.newId(),
      signal: AbortSignal.any([invocation.signal, limit.signal]),
      onProgress: (sent) => {
        meter.sent(sent);
      },
      onRetry: (_, error, waitMs) => {
        meter.note(invocation.text('uploadRetry', { why: whyText(error, invocation.language), wait: durationText(waitMs) }));
      },
    });
  } catch (error) {
    const given = error instanceof Interrupted || error instanceof TimedOut ? error : interruptionOf(invocation);
    if (given instanceof Interrupted) meter.note(invocation.text('uploadInterrupted'));
    throw error instanceof Unreachable && given ? given : error;
  } finally {
    forget?.();
    meter.end();
  }
}

/** A connection that ends because we end looks like one that breaks. */
function interruptionOf({ signal }: Invocation): unknown {
  return signal.aborted ? signal.reason : undefined;
}

/** What was said counts; the rest is read from the file name, and told. */
function nameFor(invocation: Invocation, { path, size }: LocalFile): { readonly product: string | undefined; readonly version: string | undefined } {
  const guessed = namedIn(path);
  const [product, version] = [invocation.option('product') ?? guessed?.product, invocation.option('version') ?? guessed?.version];
  const isGuessed = guessed && (invocation.option('product') === undefined || invocation.option('version') === undefined);
  if (isGuessed) invocation.note(invocation.text('guessed', { product: product ?? '', version: version ?? '' }));
  if (product === undefined) invocation.note(invocation.text('unnamed'));
  if (!invocation.live) invocation.note(invocation.text('uploading', { file: plain(basename(path)), size: bytesText(size), url: invocation.url }));
  return { product, version };
}
