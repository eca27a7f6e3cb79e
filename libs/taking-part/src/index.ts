/** The contract for workers in any language, as a check of what one has told. */
export { breachesOf } from './breaches';
export { type Breach, type BreachCode, type Telling, type Told } from './told';
