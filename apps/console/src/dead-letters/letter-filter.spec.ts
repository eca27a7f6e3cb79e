import { filterIn } from './letter-filter';

it('shows what is open, unless somebody wants more', () => {
  expect(filterIn(new URLSearchParams(''))).toEqual({ state: 'open' });
  expect(filterIn(new URLSearchParams('state=all&topic=scan.facts'))).toEqual({ topic: 'scan.facts' });
  expect(filterIn(new URLSearchParams('state=discarded&group= coordinator &factId='))).toEqual({ state: 'discarded', group: 'coordinator' });
});
