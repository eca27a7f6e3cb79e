/** What the frame of a task hands to its views. */
import { type Task } from '@tributary/http-api';
import { useOutletContext } from 'react-router';
import { type LiveTask } from './use-task';

export interface TaskView extends Omit<LiveTask, 'task'> {
  readonly task: Task;
}

export function useTaskView(): TaskView {
  return useOutletContext<TaskView>();
}
