/** What went wrong, as RFC 9457 tells it: for people in their language, for programs by a code that never changes. */
import { z } from 'zod';
import { type Bilingual, type Language } from './language';

/** Where one fault is; at least one of pointer, parameter, line. */
export interface Fault {
  /** RFC 6901 into the body. */
  readonly pointer?: string;
  readonly parameter?: string;
  readonly line?: number;
  readonly column?: number;
  readonly code: string;
  readonly message: Bilingual;
}

export interface ProblemOptions {
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly title?: Bilingual;
}

/** Thrown by handlers; the server turns it into a problem document. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: Bilingual,
    readonly options: ProblemOptions = {},
  ) {
    super(`${code}: ${detail.en}`);
  }
}

const titles: Readonly<Record<number, Bilingual>> = {
  400: { en: 'The request is not valid', zh: '请求无效' },
  401: { en: 'Who are you?', zh: '未认证' },
  403: { en: 'Not allowed', zh: '无权限' },
  404: { en: 'Not found', zh: '未找到' },
  405: { en: 'No such method here', zh: '不支持该方法' },
  408: { en: 'The request did not arrive', zh: '请求未完整到达' },
  409: { en: 'In conflict with the present state', zh: '与当前状态冲突' },
  410: { en: 'Gone', zh: '已删除' },
  412: { en: 'Somebody else was faster', zh: '版本已变化' },
  413: { en: 'Too large', zh: '内容过大' },
  415: { en: 'Not a kind of content we read', zh: '不支持的内容类型' },
  422: { en: 'Cannot be processed', zh: '无法处理' },
  429: { en: 'Too many requests', zh: '请求过多' },
  503: { en: 'Not available right now', zh: '暂时不可用' },
  504: { en: 'No answer in time', zh: '响应超时' },
};
const unexpected: Bilingual = { en: 'Something went wrong on our side', zh: '服务内部错误' };

export function problemDocument(problem: Problem, language: Language, traceId: string): Record<string, unknown> {
  const { status, code, detail, options } = problem;
  return {
    type: `urn:tributary:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: (options.title ?? titles[status] ?? unexpected)[language],
    status,
    detail: detail[language],
    code,
    ...(options.errors && { errors: options.errors.map((fault) => ({ ...fault, message: fault.message[language] })) }),
    traceId,
  };
}

export const notFound = (what: Bilingual): Problem => new Problem(404, 'NOT_FOUND', what);

const chinese = z.locales.zhCN().localeError;

function inChinese(issue: z.core.$ZodIssue): string {
  // A rule of ours has one text only.
  if (issue.code === 'custom') return `取值无效：${issue.message}`;
  const said = chinese(issue as Parameters<typeof chinese>[0]);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}

/** One fault per issue of a failed validation; unknown keys one each. Parse with `reportInput`: the Chinese message names what was received. */
export function faultsOf(error: z.ZodError, place: (path: readonly PropertyKey[]) => Pick<Fault, 'pointer' | 'parameter'>): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code !== 'unrecognized_keys') return [{ ...place(issue.path), code: codeOf(issue.code), message: { en: issue.message, zh: inChinese(issue) } }];
    return issue.keys.map((key) => ({ ...place([...issue.path, key]), code: 'UNKNOWN_FIELD', message: { en: `nobody reads ${key}`, zh: `未知字段：${key}` } }));
  });
}

export const inQuery = (path: readonly PropertyKey[]): Pick<Fault, 'parameter'> => ({ parameter: String(path[0] ?? '') });
export const inBody = (path: readonly PropertyKey[]): Pick<Fault, 'pointer'> => ({
  pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
});

function codeOf(issue: string): string {
  return issue.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
}
