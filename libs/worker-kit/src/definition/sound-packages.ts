/** Workers of content see sound packages only: whatever must be refused as a whole is the package worker's business. */
import { type PackageEntry, type SoundPackage } from '@tributary/package-reader';
import { decline, type Participation, type ScanEvent, type ScanTools, type WorkerDefinition } from './worker-definition';

interface ContentWorker<Config> {
  participates(sound: SoundPackage, config: Config, signal: AbortSignal): Promise<Participation>;
  scan(sound: SoundPackage, config: Config, tools: ScanTools, signal: AbortSignal): AsyncIterable<ScanEvent>;
}

type Summary<Config> = Pick<WorkerDefinition<Config>, 'subTaskType' | 'version' | 'configSchema'>;

/** Declines with `DISABLED` and `PACKAGE_UNREADABLE` on the worker's behalf. */
export function ofSoundPackages<Config extends { readonly enabled: boolean }>(
  summary: Summary<Config>,
  worker: ContentWorker<Config>,
): Summary<Config> & Pick<WorkerDefinition<Config>, 'participates' | 'scan'> {
  return {
    ...summary,
    participates: async (opened, config, signal) => {
      if (!config.enabled) return decline('DISABLED');
      if (opened.kind === 'refused') return decline('PACKAGE_UNREADABLE', opened.refusal.code);
      return worker.participates(opened, config, signal);
    },
    async *scan(opened, config, tools, signal) {
      if (opened.kind === 'sound') yield* worker.scan(opened, config, tools, signal);
    },
  };
}

/** The files whose path fits, in the order of the manifest; not what a Mac packs beside them. */
export function filesOf({ entries }: SoundPackage, pattern: RegExp): PackageEntry[] {
  return entries.filter(({ kind, path }) => kind === 'file' && pattern.test(path) && !/(?:^|\/)(?:__MACOSX\/|\._)/.test(path));
}
