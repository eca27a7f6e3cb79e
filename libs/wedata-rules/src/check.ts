/** Runs the rules over one file. Pure and total: what it says depends on its arguments alone. */
import {
  assembleFindings,
  findSuppressions,
  secretsIn,
  settingsOf,
  severityOf,
  suppress,
  type Finding,
  type Profile,
  type ProfileFault,
  type Raised,
  type Suppressed,
} from '@tributary/findings';
import { embeddedSqlOf, type EmbeddedSql } from './code/embedded-sql';
import { positionsIn } from './document/node';
import { packageView } from './model/package-view';
import { secretsOf } from './model/secrets';
import { recogniseWedata, type WedataDocument } from './recognise';
import { type Scene } from './rule';
import { wedataRules } from './rules';

export interface WedataInput {
  readonly path: string;
  readonly text: string;
  readonly profile?: Profile;
  /** Milliseconds since 1970. */
  readonly uploadedAt?: number;
  /** Every recognised document of the package, for what only shows across files. */
  readonly siblings?: readonly WedataDocument[];
}

export interface CheckedWedata {
  readonly findings: Finding[];
  readonly suppressed: Suppressed[];
  /** Settings of the profile that could not be used. */
  readonly faults: ProfileFault[];
  readonly embeddedSql: EmbeddedSql[];
  /** Findings beyond the limit per rule, which are not listed. */
  readonly omitted: number;
}

const FINDINGS_PER_RULE_MAX = 2_000;

/** A file that is not about WeData has no findings. */
export function checkWedata(input: WedataInput): CheckedWedata {
  const { active, faults } = settingsOf(wedataRules, input.profile ?? {});
  const scene = sceneOf(input);
  if (!scene) return { findings: [], suppressed: [], faults, embeddedSql: [], omitted: 0 };
  let omitted = 0;
  const raised = active.flatMap((one) => {
    const found: Raised[] = [];
    for (const complaint of one.rule.check(scene, one.options)) {
      if (found.length < FINDINGS_PER_RULE_MAX) found.push({ ruleId: one.rule.id, severity: severityOf(one, complaint.severity), complaint });
      else omitted++;
    }
    return found;
  });
  const secrets = [...new Set([...secretsOf(scene.units), ...secretsIn(input.text)])];
  const findings = assembleFindings(input.path, raised, secrets);
  return { ...suppress(findings, findSuppressions(input.text)), faults, embeddedSql: scene.units.flatMap(embeddedSqlOf), omitted };
}

/** What a rule sees of a file; undefined where it is not about WeData. */
export function sceneOf({ path, text, siblings = [], uploadedAt }: WedataInput): Scene | undefined {
  const read = siblings.find((sibling) => sibling.path === path && sibling.text === text);
  const recognition = read ? { kind: read.kind, document: read } : recogniseWedata(path, text);
  if (recognition.kind === 'none') return undefined;
  const rangeOf = positionsIn(text);
  const document = 'document' in recognition ? recognition.document : undefined;
  return {
    path,
    document,
    broken: 'broken' in recognition ? recognition.broken : undefined,
    units: document?.units ?? [],
    package: packageView(siblings, document),
    uploadedAt,
    at: ({ pointer, node }) => ({ pointer, range: rangeOf(node.start, node.end) }),
    atOffset: (offset) => ({ range: rangeOf(offset, offset + 1) }),
  };
}
