/** Packages with something to find, for the pages that show it. */
import { zipOf } from '../../../../libs/worker-kit/src/testing/zip';

const head = '-- author: data platform team\n-- purpose: orders of a day\n';

/** `files` x `statements` unwanted stars, and as many reads without order: two findings each. */
export function starsPackage(files: number, statements: number): Buffer {
  return zipOf(
    Array.from({ length: files }, (_, file) => ({
      name: `sql/layer_${file % 10}/job_${String(file).padStart(3, '0')}.sql`,
      data: head + Array.from({ length: statements }, (__, n) => `SELECT * FROM dim_${file}_${n} WHERE dt = '2026-01-01';\n`).join(''),
    })),
  );
}

/** An update without WHERE at a place that is easy to check. */
export function ordersPackage(): Buffer {
  const update = "UPDATE ods_order SET state = 'done';";
  return zipOf([{ name: 'sql/订单.sql', data: `${head}SELECT o.id FROM ods_order AS o WHERE o.dt = '2026-01-01';\n\n${update}\n` }]);
}
