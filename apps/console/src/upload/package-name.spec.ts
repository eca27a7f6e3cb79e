import { isProduct, isVersion, readPackageName } from './package-name';

it.each([
  ['retail-2.3.1.zip', 'retail', '2.3.1'],
  ['零售-2.3.1.zip', '零售', '2.3.1'],
  ['零售2.3.1.zip', '零售', '2.3.1'],
  ['零售_版本2.3.zip', '零售', '2.3'],
  ['retail_v2.3.zip', 'retail', '2.3'],
  ['retail.v2.3.zip', 'retail', '2.3'],
  ['retail-V10.ZIP', 'retail', '10'],
  ['sales-mart-1.0.0-rc.1.zip', 'sales-mart', '1.0.0-rc.1'],
  ['sales-mart-2.0-SNAPSHOT.zip', 'sales-mart', '2.0-SNAPSHOT'],
  ['orders_20250101.zip', 'orders', '20250101'],
  ['retail-2.3.1 (1).zip', 'retail', '2.3.1'],
  ['retail-2.3.1 - 副本.zip', 'retail', '2.3.1'],
  ['big data platform 3.zip', 'big-data-platform', '3'],
])('%s is %s in version %s', (fileName, product, version) => {
  expect(readPackageName(fileName)).toEqual({ product, version });
});

it.each([
  ['retail.zip', { product: 'retail' }],
  ['零售.zip', { product: '零售' }],
  ['h2.zip', { product: 'h2' }],
  ['dwd2024x.zip', { product: 'dwd2024x' }],
  ['2.3.1.zip', { version: '2.3.1' }],
  ['v2.zip', { version: '2' }],
  ['....zip', {}],
  ['🙂.zip', {}],
  ['', {}],
])('%s tells no more than it says', (fileName, told) => {
  expect(readPackageName(fileName)).toEqual(told);
});

it('whatever is read is taken by the API', () => {
  const long = `${'产'.repeat(300)}-${'1.'.repeat(90)}1.zip`;
  for (const name of [long, 'a b/c\\d:e*f-1.2.zip', '__x__-1.zip', '-1.zip', 'Ünïcode-1.0.zip']) {
    const { product, version } = readPackageName(name);
    expect(product === undefined || isProduct(product)).toBe(true);
    expect(version === undefined || isVersion(version)).toBe(true);
  }
});
