/** Runs the rules over the text of one file. Pure. */
import { assembleFindings, type Finding, type Profile, settingsOf, severityOf } from '@tributary/findings';
import { rules } from './rules';

export function checkText(path: string, text: string, profile: Profile = {}): Finding[] {
  const lines = text.split(/\r?\n/);
  const raised = settingsOf(rules, profile).active.flatMap((one) =>
    [...one.rule.check(lines, one.options)].map((complaint) => ({ ruleId: one.rule.id, severity: severityOf(one, complaint.severity), complaint })),
  );
  return assembleFindings(path, raised);
}
