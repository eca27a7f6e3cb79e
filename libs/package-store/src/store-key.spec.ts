/** Keys and URIs: what is followed, and what is not. */
import { PackageStoreError } from './package-store';
import { keyOfUri, storeUri } from './store-key';

describe('store URIs', () => {
  it.each(['packages/0198/package.zip', 'reports/任务/SQL/1-1.ndjson', 'a b', '...', 'a..b'])('names %j and finds it again', (key) => {
    expect(storeUri(key)).toBe(`store:${key}`);
    expect(keyOfUri(storeUri(key))).toBe(key);
  });

  it.each([
    'file:///etc/passwd',
    'packages/a',
    'store:',
    'store:/etc/passwd',
    'store://host/a',
    'store:../a',
    'store:a/../../b',
    'store:a\\b',
    'store:a\u0000',
    'store:a\u0085',
    'store:.incoming/x',
    'STORE:a',
  ])('follows no %j', (uri) => {
    expect(keyOfUri(uri)).toBeUndefined();
  });

  it('makes no URI of an unsafe key', () => {
    expect(() => storeUri('../a')).toThrow(PackageStoreError);
  });
});
