import { scanFiles } from '../../../libs/worker-kit/src/testing/scan-files';
import { sqlWorker } from './sql.worker';

const clean =
  '-- author: data team\n-- purpose: customers per region\nSELECT c.region, COUNT(c.id) AS n\nFROM dim_customer AS c\nWHERE c.active = 1\nGROUP BY c.region;\n';
const faulty = '-- author: data team\n-- purpose: none\nDELETE FROM dwd_orders;\n\nSELECT id, FROM WHERE GROUP ORDER;\n';

describe('the SQL worker', () => {
  it.each([
    ['a SQL file', 'sql/a.sql', 'take'],
    ['an upper-case ending', 'A.SQL', 'take'],
    ['Hive', 'a.hql', 'take'],
    ['DDL', 'x/a.ddl', 'take'],
    ['a folder of that name', 'a.sql/readme.txt', 'decline'],
    ['a name that only sounds like it', 'list of a.sql.txt', 'decline'],
    ['what a Mac packs beside a file', '__MACOSX/._a.sql', 'decline'],
  ])('[Z-021] %s: %s -> %s', async (_what, name, kind) => {
    expect((await scanFiles(sqlWorker, [{ name, data: clean }])).considered).toMatchObject({ kind });
  });

  it('[Z-039 Z-040] declines with a reason', async () => {
    expect((await scanFiles(sqlWorker, [{ name: 'README.md', data: '' }])).considered).toMatchObject({ reasonCode: 'NO_SQL_FILES' });
    expect((await scanFiles(sqlWorker, [{ name: 'a.sql', data: clean }], { enabled: false })).considered).toMatchObject({ reasonCode: 'DISABLED' });
    expect((await scanFiles(sqlWorker, Buffer.from('PK\u0003\u0004 no zip'))).considered).toMatchObject({ reasonCode: 'PACKAGE_UNREADABLE' });
  });

  it('finds nothing bad in clean SQL', async () => {
    const { scanned } = await scanFiles(sqlWorker, [{ name: 'a.sql', data: clean }]);
    expect(scanned).toMatchObject({ counts: { blocker: 0, error: 0 } });
    expect(['PASS', 'WARN']).toContain(scanned.kind === 'scanned' && scanned.judgement);
  });

  it('[Z-002 Z-026] fails faulty SQL, at its lines, with the rules explained', async () => {
    const { scanned, findings, header } = await scanFiles(sqlWorker, [
      { name: 'b.sql', data: clean },
      { name: 'a.sql', data: faulty },
    ]);
    expect(scanned).toMatchObject({ judgement: 'QUALITY' });
    const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'blocker').map(({ location }) => location.range?.startLine);
    expect(bad).toEqual(expect.arrayContaining([3, 5]));
    expect(new Set(header?.rules.map(({ id }) => id))).toEqual(new Set(findings.map(({ ruleId }) => ruleId)));
  });

  it('follows the profile', async () => {
    const first = await scanFiles(sqlWorker, [{ name: 'a.sql', data: 'DELETE FROM t;\n' }]);
    const rules = Object.fromEntries(first.findings.map(({ ruleId }) => [ruleId, { enabled: false }]));
    expect(Object.keys(rules).length).toBeGreaterThan(0);
    expect((await scanFiles(sqlWorker, [{ name: 'a.sql', data: 'DELETE FROM t;\n' }], { rules })).findings).toEqual([]);
  });

  it('tells of texts that it cannot check, and checks the others', async () => {
    const mixed = Buffer.concat([Buffer.from('-- 查询\n'), Buffer.from([0xb2, 0xe9, 0xd1, 0xaf, 0xff, 0x0a])]);
    const { findings } = await scanFiles(
      sqlWorker,
      [
        { name: 'mixed.sql', data: mixed },
        { name: 'large.sql', data: clean.repeat(50) },
        { name: 'z.sql', data: faulty },
      ],
      { fileBytesMax: 5_000 },
    );
    const byPath = new Map(findings.map(({ location, ruleId }) => [location.path, ruleId]));
    expect([byPath.get('mixed.sql'), byPath.get('large.sql')]).toEqual(['TEXT_UNDECODABLE', 'ENTRY_TOO_LARGE']);
    expect(byPath.has('z.sql')).toBe(true);
  });

  it('shows no secret', async () => {
    const secret = 'Xk29-plain-S3cret';
    const leaky = `CREATE TABLE pay (id BIGINT) WITH ('connector' = 'jdbc', 'username' = 'etl', 'password' = '${secret}');\nDELETE FROM pay WHERE note = '${secret}';\n`;
    const { scanned, findings } = await scanFiles(sqlWorker, [{ name: 'pay.sql', data: leaky }]);
    expect(scanned).toMatchObject({ judgement: 'QUALITY' });
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('[E-019] fails where an entry is corrupt', async () => {
    const { scanned, findings } = await scanFiles(sqlWorker, [{ name: 'a.sql', data: clean, corrupt: true }]);
    expect(scanned).toMatchObject({ judgement: 'QUALITY', reason: expect.stringContaining('ENTRY_CORRUPT') });
    expect(findings).toMatchObject([{ ruleId: 'ENTRY_CORRUPT', severity: 'error', location: { path: 'a.sql' } }]);
  });
});
