import fc from 'fast-check';
import { assembleFindings, compareFindings, evidenceLengthMax, type Raised } from './assemble';
import { compareVersions } from './compare';
import { maskSecrets, secretsIn } from './masking';
import { parseReportLine, reportLines } from './ndjson';
import { compareBytes } from './order';
import { findSuppressions, readSuppression } from './suppression';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const raised: fc.Arbitrary<Raised> = fc.record({
  ruleId: fc.constantFrom('sql/a', 'sql/b'),
  severity: fc.constantFrom('blocker', 'error', 'warning', 'info'),
  complaint: fc.record({
    message: fc.record({ en: text, zh: text }),
    location: fc.nat({ max: 30 }).map((n) => ({ range: { startLine: n + 1, startColumn: 1, endLine: n + 2, endColumn: 3 } })),
    evidence: fc.string({ unit: 'binary', maxLength: 500 }),
    identity: fc.constantFrom('x', 'y', 'z'),
  }),
});

describe('laws of findings', () => {
  it('texts are ordered as their UTF-8 bytes', () => {
    const wellFormed = text.map((value) => value.toWellFormed());
    fc.assert(fc.property(wellFormed, wellFormed, (a, b) => Math.sign(compareBytes(a, b)) === Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))));
  });

  it('[Z-038] the order in which rules complain does not matter, except among equals on one place', () => {
    fc.assert(
      fc.property(fc.array(raised, { maxLength: 12 }), (all) => {
        const places = (some: readonly Raised[]) =>
          assembleFindings('a.sql', some).map(({ ruleId, location, fingerprint }) => ({ ruleId, location, fingerprint }));
        expect(places([...all].reverse())).toEqual(places(all));
      }),
    );
  });

  it('fingerprints are distinct within a file, findings sorted, evidence short', () => {
    fc.assert(
      fc.property(fc.array(raised, { maxLength: 20 }), (all) => {
        const findings = assembleFindings('a.sql', all);
        expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
        expect([...findings].sort(compareFindings)).toEqual(findings);
        for (const { evidence, fingerprint } of findings)
          expect([(evidence ?? '').length <= evidenceLengthMax, /^[0-9a-f]{32}$/.test(fingerprint)]).toEqual([true, true]);
      }),
    );
  });

  it('moved lines keep their fingerprints', () => {
    fc.assert(
      fc.property(fc.array(raised, { maxLength: 12 }), fc.nat({ max: 50 }), (all, by) => {
        const moved = all.map((one) => {
          const { range } = one.complaint.location;
          const location = range ? { range: { ...range, startLine: range.startLine + by, endLine: range.endLine + by } } : {};
          return { ...one, complaint: { ...one.complaint, location } };
        });
        const marks = (some: readonly Raised[]) => assembleFindings('a.sql', some).map(({ fingerprint }) => fingerprint);
        expect(marks(moved)).toEqual(marks(all));
      }),
    );
  });

  it('a report that was written reads back as it was', () => {
    fc.assert(
      fc.property(fc.array(raised, { maxLength: 8 }), (all) => {
        const findings = assembleFindings('a.sql', all);
        const read = [...reportLines(findings)].map((line) => parseReportLine(line.trimEnd()));
        expect(read).toEqual(findings.map((finding) => ({ kind: 'finding', finding })));
      }),
    );
  });

  it('no line, whatever it is, makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.object().map((value) => JSON.stringify(value)),
        ),
        (line) => typeof parseReportLine(line).kind === 'string',
      ),
    );
  });

  it('masking ends, is idempotent, and the values it knows are gone', () => {
    const part = fc.oneof(
      text,
      fc.constantFrom("password='", 'token:', "' ", 'jdbc:oracle:thin:a/b@', '://u:p@', 'Bearer ', '"', '\\"', '=>', 'AKIAIOSFODNN7EXAMPLE', 'IDENTIFIED BY '),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
        (source) => {
          const shown = maskSecrets(source, secretsIn(source));
          for (const secret of secretsIn(source)) if (!/^[*]*$/.test(secret)) expect(shown).not.toContain(secret);
        },
      ),
    );
  });

  it('suppressions are read from anything', () => {
    fc.assert(
      fc.property(text, (rest) => Array.isArray(findSuppressions(`-- tributary:ignore${rest}`)) && readSuppression(`tributary:ignore ${rest}`) !== undefined),
    );
  });

  it('every fault of a comparison is new, fixed or unchanged, once', () => {
    const some = fc.array(fc.record({ ruleId: fc.constant('r'), fingerprint: fc.constantFrom('a', 'b', 'c', 'd') }), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, (base, head) => {
        const { new: fresh, fixed, unchanged } = compareVersions(base, head);
        expect([fresh.length + unchanged.length, fixed.length + unchanged.length]).toEqual([head.length, base.length]);
        expect(fresh.some(({ fingerprint }) => fixed.some((other) => other.fingerprint === fingerprint))).toBe(false);
      }),
    );
  });
});
