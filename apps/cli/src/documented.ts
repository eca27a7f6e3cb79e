/** What documentation is printed from. */
export { type CommandDefinition, type OptionDefinition } from './command';
export { globalOptions } from './global-options';
export { usageOf } from './help';
export { type Bilingual } from './language';
export { commands, groups } from './tree';
