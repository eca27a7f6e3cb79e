/** Archives that somebody with bad intentions, or a broken tool, might upload. Every one is refused before its content is read. */
import { writeZip } from '../../libs/package-reader/testing/zip-writer.ts';

const sql = '-- author: data platform team\n-- purpose: smoke test\nSELECT o.order_id FROM ods.orders AS o WHERE o.order_id = 1;\n';
const clean = { name: 'sql/hive/daily.sql', data: sql };
const whole = writeZip([clean, { name: 'README.md', data: '# retail\n' }]);

/** By name: the bytes, and the code of the refusal that they get. */
export const hostileArchives = {
  /** Unpacked carelessly it writes outside of its folder. */
  'hostile-zip-slip': { bytes: writeZip([clean, { name: '../../etc/cron.d/retail', data: '* * * * * root true\n' }]), code: 'NAME_TRAVERSAL' },
  /** 64 MiB of zeros in a few kilobytes. */
  'hostile-bomb': { bytes: writeZip([clean, { name: 'data/zeros.csv', data: Buffer.alloc(64 * 1024 * 1024), method: 'deflate' }]), code: 'RATIO_TOO_HIGH' },
  /** Two readers would see two different files. */
  'hostile-duplicate-names': { bytes: writeZip([clean, { name: 'SQL/hive/DAILY.sql', data: 'DROP TABLE ods.orders;\n' }]), code: 'NAME_DUPLICATE' },
  /** A link that leads to a file of the machine that unpacks it. */
  'hostile-symlink': { bytes: writeZip([clean, { name: 'sql/passwd.sql', data: '/etc/passwd', mode: 0o120777 }]), code: 'SYMLINK' },
  /** The directory says one thing, the entry another. */
  'hostile-two-faces': { bytes: writeZip([{ ...clean, local: { name: 'sql/hive/other.sql' } }]), code: 'LOCAL_HEADER_DIFFERS' },
  /** The upload of somebody whose connection broke, with a tool that did not notice. */
  'hostile-truncated': { bytes: whole.subarray(0, whole.length - 30), code: 'END_MISSING' },
};
