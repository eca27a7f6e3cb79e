/** What a header cell says once line breaks, stars and hints in brackets are taken away. */

/** `执行周期\n(D/M/Q)` -> `执行周期`; `*Task Name` -> `taskname`; `Flow_Name` -> `flowname`. */
export function normaliseHeader(text: string): string {
  let rest = text.normalize('NFKC').replace(/[\s\u200b-\u200d\ufeff]+/g, '');
  for (let open = rest.lastIndexOf('('); open > 0 && rest.endsWith(')'); open = rest.lastIndexOf('(')) rest = rest.slice(0, open);
  return rest
    .replace(/^\*+|[*:]+$/g, '')
    .replace(/[_-]/g, '')
    .toLowerCase();
}

/** The hint in the last brackets: `超时(分钟)` -> `分钟`. */
export function headerHint(text: string): string {
  return /\(([^()]*)\)\s*$/.exec(text.normalize('NFKC'))?.[1]?.trim().toLowerCase() ?? '';
}
