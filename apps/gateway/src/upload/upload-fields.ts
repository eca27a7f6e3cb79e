/** The fields of an upload: what people may write into them, and every fault they can have. Pure. */
import { checkPolicy, expressionFaultsIn } from '@tributary/convergence';
import { canonicalJson, PolicyDocument } from '@tributary/facts';
import { type Fault, faultsOf, inBody } from '@tributary/service-kit';

/** As they came, from a form or a query. */
export interface UploadFields {
  readonly product?: string | undefined;
  readonly version?: string | undefined;
  readonly policy?: string | undefined;
}
export const fieldNames = ['product', 'version', 'policy'] as const;

export type PolicyChoice =
  { readonly kind: 'default' } | { readonly kind: 'named'; readonly id: string } | { readonly kind: 'inline'; readonly document: PolicyDocument };

export interface CheckedFields {
  readonly product: string;
  /** Absent: the first digits of the sha256. */
  readonly version: string | undefined;
  readonly policy: PolicyChoice;
}

/** A policy travels inside a fact, which has 256 KiB at most. */
const policyBytesMax = 64 * 1024;
const productPattern = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._-]{0,99}$/u;
const versionPattern = /^\P{C}{1,100}$/u;
/** As the definition service takes them. */
const policyIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Either what they mean, or one fault each. */
export function checkFields(fields: UploadFields): { readonly checked?: CheckedFields; readonly faults: readonly Fault[] } {
  const policy = choicePolicy(fields.policy);
  const faults = [
    ...(fields.product === undefined || productPattern.test(fields.product) ? [] : [productFault]),
    ...(fields.version === undefined || versionPattern.test(fields.version) ? [] : [versionFault]),
    ...policy.faults,
  ];
  if (faults.length > 0 || !policy.choice) return { faults };
  return { checked: { product: fields.product ?? 'default', version: fields.version, policy: policy.choice }, faults };
}

/** The same for uploads that say the same; how an inline policy is written does not matter, which bytes a boundary has does not either. */
export function fingerprintText({ product, version, policy }: CheckedFields, sha256: string): string {
  return canonicalJson({ product, version: version ?? null, policy, sha256 });
}

const productFault: Fault = {
  parameter: 'product',
  code: 'INVALID_PRODUCT',
  message: {
    en: 'a product has 1 to 100 letters, digits, Chinese characters, dots, underscores and hyphens, and begins with one of the first three',
    zh: '产品名为 1 到 100 个字母、数字、汉字、点、下划线或连字符，且须以字母、数字或汉字开头',
  },
};
const versionFault: Fault = {
  parameter: 'version',
  code: 'INVALID_VERSION',
  message: { en: 'a version has 1 to 100 printable characters', zh: '版本号为 1 到 100 个可显示字符' },
};

function choicePolicy(text: string | undefined): { readonly choice?: PolicyChoice; readonly faults: readonly Fault[] } {
  if (text === undefined) return { choice: { kind: 'default' }, faults: [] };
  if (Buffer.byteLength(text) > policyBytesMax) {
    return { faults: [policyFault('POLICY_TOO_LARGE', `a policy has ${policyBytesMax} bytes at most`, `策略最大 ${policyBytesMax} 字节`)] };
  }
  if (text.trimStart().startsWith('{')) return inlinePolicy(text);
  if (policyIdPattern.test(text)) return { choice: { kind: 'named', id: text }, faults: [] };
  return { faults: [policyFault('INVALID_POLICY', 'neither the id of a policy nor a JSON object', '既不是策略编号，也不是 JSON 对象')] };
}

function inlinePolicy(text: string): { readonly choice?: PolicyChoice; readonly faults: readonly Fault[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'not JSON';
    return { faults: [policyFault('MALFORMED_JSON', said, '策略不是有效的 JSON')] };
  }
  const parsed = PolicyDocument.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const shape = faultsOf(parsed.error, (path) => ({ parameter: 'policy', ...inBody(path) }));
    return { faults: [...shape, ...expressionFaultsIn(value).map((fault) => ({ parameter: 'policy', ...fault }))] };
  }
  const { errors } = parsed.data.rules.length === 0 ? { errors: [] } : checkPolicy(parsed.data.rules);
  if (errors.length > 0) return { faults: errors.map((fault) => ({ parameter: 'policy', ...fault })) };
  return { choice: { kind: 'inline', document: parsed.data }, faults: [] };
}

function policyFault(code: string, en: string, zh: string): Fault {
  return { parameter: 'policy', code, message: { en, zh } };
}
