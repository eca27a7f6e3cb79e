import { filterIn, searchedFor } from './task-filter';

it('reads what the address says, and passes over what it does not know', () => {
  expect(filterIn(new URLSearchParams('product=%E5%95%86%E5%9F%8E&version=1.0 beta&status=FAILED&colour=red'))).toEqual({
    product: '商城',
    version: '1.0 beta',
    status: 'FAILED',
  });
  expect(filterIn(new URLSearchParams('status=GREAT&product=%20'))).toEqual({});
});

it('understands ids, addresses, products and versions', () => {
  const id = '0198a2f0-0000-7000-8000-00000000dead';
  expect(searchedFor(` ${id.toUpperCase()} `)).toEqual({ taskId: id });
  expect(searchedFor(`http://gate/tasks/${id}/why`)).toEqual({ taskId: id });
  expect(searchedFor('商城')).toEqual({ product: '商城' });
  expect(searchedFor('shop 1.0 beta')).toEqual({ product: 'shop', version: '1.0 beta' });
  expect(searchedFor('shop@2')).toEqual({ product: 'shop', version: '2' });
  expect(searchedFor('  ')).toEqual({});
});
