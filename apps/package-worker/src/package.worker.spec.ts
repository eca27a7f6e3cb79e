import { scanFiles } from '../../../libs/worker-kit/src/testing/scan-files';
import { zipOf } from '../../../libs/worker-kit/src/testing/zip';
import { packageWorker } from './package.worker';

const sound = [{ name: 'a.sql', data: 'SELECT 1;' }];

describe('the package worker', () => {
  it('[C-03] leaves a sound package alone', async () => {
    expect((await scanFiles(packageWorker, sound)).considered).toEqual({ kind: 'decline', reasonCode: 'PACKAGE_SOUND' });
  });

  it.each([
    ['a path that climbs out', zipOf([...sound, { name: '../evil.sql', data: 'x' }]), 'NAME_TRAVERSAL', 'package.zip#1'],
    ['the same name twice', zipOf([...sound, ...sound]), 'NAME_DUPLICATE', 'package.zip#1'],
    ['a beginning without an end', Buffer.from('PK\u0003\u0004'), 'END_MISSING', 'package.zip'],
  ])('[Z-044 E-019] refuses %s with its code', async (_what, bytes, code, path) => {
    const { considered, scanned, findings, header } = await scanFiles(packageWorker, bytes);
    expect(considered).toEqual({ kind: 'take' });
    expect(scanned).toMatchObject({ judgement: 'QUALITY', counts: { blocker: 1 }, reason: expect.stringContaining(code) });
    expect(scanned).not.toHaveProperty('manifest');
    expect(findings).toMatchObject([{ ruleId: code, severity: 'blocker', location: { path } }]);
    expect(header?.rules).toMatchObject([{ id: code, source: 'package-reader' }]);
  });

  it('verifies everything where it is asked to', async () => {
    const config = { verifyAll: true };
    expect(await scanFiles(packageWorker, sound, config)).toMatchObject({ considered: { kind: 'take' }, scanned: { judgement: 'PASS' } });
    const corrupt = await scanFiles(packageWorker, [...sound, { name: 'b', data: 'x', corrupt: true }], config);
    expect(corrupt).toMatchObject({ scanned: { judgement: 'QUALITY' }, findings: [{ ruleId: 'ENTRY_CORRUPT', location: { path: 'b' } }] });
  });

  it('can be switched off', async () => {
    expect((await scanFiles(packageWorker, Buffer.from('PK'), { enabled: false })).considered).toEqual({ kind: 'decline', reasonCode: 'DISABLED' });
  });
});
