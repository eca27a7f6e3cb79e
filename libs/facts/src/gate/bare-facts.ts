/** The founding text's bare facts (version 0): a numeric task id, and little else. */
import { type Upcaster } from '../fact';

/** Version 0 to 1: the task id becomes a string. */
export const namedTask: Upcaster = (data) => ({ ...data, taskId: typeof data['taskId'] === 'number' ? String(data['taskId']) : data['taskId'] });
