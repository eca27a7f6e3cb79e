/** How this command is to be typed where the person stands: inside the repository nobody has `tributary` on the path. Pure. */
import { type World } from './world';

const own = 'tributary';

/** `npm run -s tributary --` when npm ran us so. */
export function calledAs({ npm_lifecycle_event: script }: World['environment']): string {
  return script === own ? `npm run -s ${own} --` : own;
}

/** A command line of ours, as help and hints name it, in the form that works here. */
export function asTyped(commandLine: string, environment: World['environment']): string {
  return commandLine.replaceAll(/(^|\()tributary(?=\s|$)/g, (_, before: string) => `${before}${calledAs(environment)}`);
}
