/** What a user's profile makes of a rule pack: which rules run, how severe, with which options. */
import { severities, type Severity } from '@tributary/facts';
import { z } from 'zod';
import { type Profile, type RuleDescription, type RuleSetting } from './rule';

/** A rule as it runs. `options` went through the rule's own schema. */
export interface ActiveRule<R> {
  readonly rule: R;
  readonly severity: Severity;
  readonly options: unknown;
}

export interface ProfileFault {
  readonly ruleId: string;
  readonly message: string;
}

export interface Settings<R> {
  readonly active: ActiveRule<R>[];
  readonly faults: ProfileFault[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever a pack's rules look at: a profile never touches it
type AnyRule = RuleDescription<any>;

const Setting = z.strictObject({
  enabled: z.boolean().optional(),
  severity: z.enum(severities).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Never throws: a faulty setting is named in `faults` and the rule runs as it would without it, because a typo must not
 * switch a check off. A profile that was accepted by `profileSchema` has no faults.
 */
export function settingsOf<R extends AnyRule>(rules: readonly R[], profile: Profile): Settings<R> {
  const faults: ProfileFault[] = [];
  const known = new Set(rules.map(({ id }) => id));
  for (const ruleId of Object.keys(profile)) {
    if (!known.has(ruleId)) faults.push({ ruleId, message: 'no such rule' });
  }
  const active = rules.flatMap((rule) => {
    const setting = settingFor(rule, profile, faults);
    if (!(setting.enabled ?? rule.enabledByDefault)) return [];
    const options = optionsFor(rule, setting.options ?? {}, faults);
    return options ? [{ rule, severity: setting.severity ?? rule.severity, options: options.value }] : [];
  });
  return { active, faults };
}

/** The severity of one complaint: what the user set wins, then what the complaint says, then the rule's own. */
export function severityOf({ rule, severity }: ActiveRule<AnyRule>, said: Severity | undefined): Severity {
  return severity === rule.severity ? (said ?? severity) : severity;
}

/** Strict: an unknown rule id, an unknown key and a bad option are issues with their path. */
export function profileSchema(rules: readonly AnyRule[]): z.ZodType<Profile> {
  const shape = Object.fromEntries(rules.map(({ id, options }) => [id, z.strictObject({ ...Setting.shape, options: options.optional() }).optional()]));
  return z.strictObject(shape) as unknown as z.ZodType<Profile>;
}

function settingFor(rule: AnyRule, profile: Profile, faults: ProfileFault[]): RuleSetting {
  if (!Object.hasOwn(profile, rule.id)) return {};
  const parsed = Setting.safeParse(profile[rule.id]);
  if (parsed.success) return parsed.data as RuleSetting;
  faults.push(...faultsOf(rule.id, parsed.error));
  return {};
}

function optionsFor(rule: AnyRule, given: unknown, faults: ProfileFault[]): { readonly value: unknown } | undefined {
  const parsed = rule.options.safeParse(given);
  if (parsed.success) return { value: parsed.data };
  faults.push(...faultsOf(rule.id, parsed.error, 'options'));
  const defaults = rule.options.safeParse({});
  return defaults.success ? { value: defaults.data } : undefined;
}

function faultsOf(ruleId: string, error: z.ZodError, under?: string): ProfileFault[] {
  return error.issues.map((issue) => {
    const place = [...(under === undefined ? [] : [under]), ...issue.path.map(String)].join('.');
    return { ruleId, message: place === '' ? issue.message : `${place}: ${issue.message}` };
  });
}
