/** Rules about WeData tasks, workflows and bundles. */
export { checkWedata, type CheckedWedata, type WedataInput } from './check';
export { type EmbeddedSql } from './code/embedded-sql';
export { recogniseWedata, type WedataDocument, type WedataKind, type WedataRecognition } from './recognise';
export { type WedataExample, type WedataRule } from './rule';
export { wedataRules } from './rules';
