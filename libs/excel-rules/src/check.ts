/** Runs the rules over one workbook. Pure and total: what it says depends on its arguments alone. */
import {
  assembleFindings,
  readSuppression,
  secretsIn,
  settingsOf,
  severityOf,
  type Finding,
  type Profile,
  type ProfileFault,
  type Raised,
  type Suppressed,
  type Suppression,
} from '@tributary/findings';
import { readBook, type Book } from './book/book';
import { excelRules } from './rules';
import { isRecognised, recogniseTemplate } from './template/recognise';
import { type Template } from './template/templates';
import { textOf, type Workbook } from './workbook';

export interface WorkbookInput {
  readonly path: string;
  readonly workbook: Workbook;
  readonly profile?: Profile;
  /** Milliseconds since 1970. */
  readonly uploadedAt?: number;
  /** Instead of the built-in ones, tried in this order. */
  readonly templates?: readonly Template[];
}

export interface CheckedWorkbook {
  readonly findings: Finding[];
  readonly suppressed: Suppressed[];
  /** Settings of the profile that could not be used. */
  readonly faults: ProfileFault[];
  /** Rows that are tasks. */
  readonly tasks: number;
  /** Findings beyond the limit per rule, which are not listed. */
  readonly omitted: number;
}

/** A workbook with one fault in every row says nothing new after so many. */
const FINDINGS_PER_RULE_MAX = 2_000;

/** A workbook of no known template has nothing to check: no findings, no tasks. */
export function checkWorkbook(input: WorkbookInput): CheckedWorkbook {
  const { active, faults } = settingsOf(excelRules, input.profile ?? {});
  const recognised = recogniseTemplate(input.workbook, input.templates);
  if (!isRecognised(recognised)) return { findings: [], suppressed: [], faults, tasks: 0, omitted: 0 };
  const book = readBook(input.workbook, recognised, input.uploadedAt);
  let omitted = 0;
  const raised = active.flatMap((one) => {
    const found: Raised[] = [];
    for (const complaint of one.rule.check(book, one.options)) {
      if (found.length < FINDINGS_PER_RULE_MAX) found.push({ ruleId: one.rule.id, severity: severityOf(one, complaint.severity), complaint });
      else omitted++;
    }
    return found;
  });
  const findings = assembleFindings(input.path, raised, knownSecrets(raised));
  return { ...setAside(findings, suppressionsIn(book)), faults, tasks: book.tasks.length, omitted };
}

/** What one rule quotes, another might quote unmasked. */
const knownSecrets = (raised: readonly Raised[]): readonly string[] => [...new Set(raised.flatMap(({ complaint }) => secretsIn(complaint.evidence ?? '')))];

/** A cell with `tributary:ignore RULE reason`, beside or behind the data, covers its row. By sheet and row number as people count. */
function suppressionsIn({ workbook }: Book): ReadonlyMap<string, Suppression> {
  const found = new Map<string, Suppression>();
  for (const sheet of workbook.sheets) {
    for (const [index, row] of sheet.rows.entries()) {
      const text = row.map(textOf).find((cell) => cell.includes('tributary:ignore'));
      const read = text === undefined ? undefined : readSuppression(text);
      const line = index + 1;
      if (read) found.set(placeOf(sheet.name, line), { line, from: line, to: line, ...read });
    }
  }
  return found;
}

const placeOf = (sheet: string, row: string | number): string => JSON.stringify([sheet, Number(row)]);

function setAside(
  all: readonly Finding[],
  suppressions: ReadonlyMap<string, Suppression>,
): { readonly findings: Finding[]; readonly suppressed: Suppressed[] } {
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of all) {
    const { sheet = '', cell = '' } = finding.location;
    const by = suppressions.get(placeOf(sheet, /\d+$/.exec(cell)?.[0] ?? '0'));
    if (by && by.reason !== '' && by.ruleIds.includes(finding.ruleId)) suppressed.push({ finding, by });
    else findings.push(finding);
  }
  return { findings, suppressed };
}
