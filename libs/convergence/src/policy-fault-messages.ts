/** What is wrong with a policy, for people. */

type Message = (detail: string) => { readonly en: string; readonly zh: string };

/** The evaluator's own codes are many; those that people meet have a sentence, the others the evaluator's words. */
const messages: Readonly<Record<string, Message>> = {
  UNEXPECTED_TOKEN: (detail) => ({ en: `The expression does not parse: ${detail}.`, zh: `表达式无法解析：${detail}。` }),
  UNKNOWN_VARIABLE: (detail) => ({
    en: `${detail}. There are types, outcome, counts, total, observed, succeeded, failed, unfinished and closedBy.`,
    zh: `未知变量（${detail}）。可用变量：types、outcome、counts、total、observed、succeeded、failed、unfinished、closedBy。`,
  }),
  NO_SUCH_OVERLOAD: (detail) => ({ en: `The types do not fit: ${detail}.`, zh: `类型不匹配：${detail}。` }),
  NO_MATCHING_OVERLOAD: (detail) => ({ en: `The types do not fit: ${detail}.`, zh: `类型不匹配：${detail}。` }),
  NOT_BOOLEAN: (detail) => ({ en: `The expression has to be true or false; it ${detail}.`, zh: `表达式的结果必须是布尔值：${detail}。` }),
  EXPRESSION_TOO_LONG: (detail) => ({ en: `The expression is ${detail}.`, zh: `表达式过长：${detail}。` }),
  EXPRESSION_TOO_COSTLY: (detail) => ({ en: `The expression is too costly: it ${detail}.`, zh: `表达式计算量过大：${detail}。` }),
  COMPREHENSION_TOO_DEEP: (detail) => ({ en: `The expression is too deep: ${detail}.`, zh: `推导式嵌套过深：${detail}。` }),
  FUNCTION_NOT_ALLOWED: (detail) => ({ en: `${detail}.`, zh: `函数不可用：${detail}。` }),
  PATTERN_NOT_CONSTANT: (detail) => ({ en: `${detail}.`, zh: `matches() 的模式必须是字符串常量：${detail}。` }),
  PATTERN_NOT_LINEAR: (detail) => ({ en: `The pattern may take too long: ${detail}.`, zh: `正则可能耗时过长：${detail}。` }),
  ROW_ID_RESERVED: (detail) => ({
    en: `${detail} is a rule of the decision table; give the row another id.`,
    zh: `${detail} 是判定表自带规则的编号，请换一个。`,
  }),
  ROW_ID_REPEATED: (detail) => ({ en: `Two rows have the id ${detail}.`, zh: `有两条规则使用编号 ${detail}。` }),
  TOO_MANY_ROWS: (detail) => ({ en: `There may be at most ${detail} rows.`, zh: `规则最多 ${detail} 条。` }),
  POLICY_TOO_COSTLY: (detail) => ({ en: `All rows together are too costly (${detail}).`, zh: `全部规则合计计算量过大（${detail}）。` }),
  ROW_NEVER_HOLDS: () => ({
    en: 'This row holds in none of the cases that were tried; it may be unreachable.',
    zh: '在试算的所有情形中该规则都不成立，可能无法触发。',
  }),
  ROW_SHADOWED: (detail) => ({
    en: `Whenever this row holds, an earlier one has decided already (${detail}); it may be unreachable.`,
    zh: `该规则成立时，前面的规则（${detail}）总是已经作出结论，可能无法触发。`,
  }),
};

export function faultMessage(code: string, detail: string): { readonly en: string; readonly zh: string } {
  return messages[code]?.(detail) ?? { en: `The expression is not valid: ${detail}.`, zh: `表达式无效：${detail}。` };
}
