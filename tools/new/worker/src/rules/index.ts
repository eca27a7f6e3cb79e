/** All rules of this worker, in the order of their ids. */
import { type LineRule } from '../rule';
import { mergeConflict } from './merge-conflict.rule';

export const rules: readonly LineRule[] = [mergeConflict];
