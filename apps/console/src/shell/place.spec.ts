import { placeOf } from './place';

it('the tabs of a task are one place, two tasks are two', () => {
  expect(placeOf('/tasks/7/why')).toBe(placeOf('/tasks/7'));
  expect(placeOf('/tasks/7')).not.toBe(placeOf('/tasks/8'));
  expect(placeOf('/')).not.toBe(placeOf('/tasks'));
});
