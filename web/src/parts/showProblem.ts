// A problem told beside the page, where there is no place for a note on it.
import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem';

export function showProblem(error: unknown) {
  const problem = asProblem(error);
  notifications.show({ title: problem.message, message: problem.fix || problem.why, color: 'red' });
}
