/** Facts as the gateway and workers tell them. */
import {
  type Fact,
  makeFact,
  PolicySnapshot,
  SubTaskCompleted,
  SubTaskDeclined,
  SubTaskFailed,
  SubTaskProgressed,
  SubTaskStarted,
  ZipUploaded,
} from '@tributary/facts';
import { v7 } from 'uuid';

/** Windows short enough for tests that wait. */
export const policy = PolicySnapshot.parse({ id: 'test', revision: 0, participationMs: 120, gapMs: 60, deadlineMs: 600, graceMs: 60_000 });

const at = '2026-01-01T00:00:00.000Z';
const worker = { source: '/acme/worker', time: at };

export function uploaded(taskId: string, changes: object = {}, product = 'shop', version = '1'): Fact {
  return makeFact(ZipUploaded, {
    id: v7(),
    source: '/tributary/gateway',
    subject: taskId,
    time: at,
    data: { taskId, filePath: `store:tasks/${taskId}/package.zip`, product, version, policy: { ...policy, ...changes } },
  });
}

export function started(taskId: string, subTaskType: string, more: object = {}): Fact {
  return makeFact(SubTaskStarted, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, ...more } });
}

export function completed(taskId: string, subTaskType: string, more: object = {}): Fact {
  return makeFact(SubTaskCompleted, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, result: 'PASS', ...more } });
}

export function failed(taskId: string, subTaskType: string, more: object = {}): Fact {
  return makeFact(SubTaskFailed, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, reason: 'lint error', ...more } });
}

export function declined(taskId: string, subTaskType: string, more: object = {}): Fact {
  return makeFact(SubTaskDeclined, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, reasonCode: 'NOT_MINE', ...more } });
}

export function progressed(taskId: string, subTaskType: string, done: number): Fact {
  return makeFact(SubTaskProgressed, {
    ...worker,
    id: v7(),
    subject: taskId,
    data: { taskId, subTaskType, round: 1, attempt: 1, done, total: 1_000_000, unit: 'files' },
  });
}
