/** The sentences of a verdict in both languages. Names of types and numbers are their only arguments: what a worker wrote stays in the participants. */
import { type ClosedBy, type TaskStatus } from '@tributary/facts';
import { statusWithCode } from '@tributary/http-api/words';
import { type Conflict } from './conflicts';
import { type TableRule } from './table';

export type Language = 'en' | 'zh';

export interface Phrases {
  readonly list: (names: readonly string[]) => string;
  readonly duration: (ms: number) => string;
  readonly status: (status: TaskStatus) => string;
  readonly rules: Readonly<Record<TableRule, string>>;
  readonly row: (id: string, when: string, status: string) => string;
  readonly skipped: (id: string, code: string) => string;
  readonly quiet: (participation: string, gap: string) => string;
  readonly deadline: (deadline: string, unfinished: string) => string;
  readonly cancelled: string;
  readonly paused: (duration: string) => string;
  readonly amended: string;
  readonly verdict: (status: string, revision: number) => string;
  readonly because: Readonly<Record<ClosedBy, string>>;
  readonly joinedWell: (types: string) => string;
  readonly joinedBadly: (types: string) => string;
  readonly notRun: (types: string) => string;
  readonly unfinished: (types: string) => string;
  readonly unreachable: (types: string) => string;
  readonly declined: (types: string) => string;
  readonly silent: (types: string) => string;
  readonly late: (types: string) => string;
  readonly conflicts: (count: number) => string;
  readonly conflict: Readonly<Record<Conflict['kind'], (about: string) => string>>;
  readonly hadPassed: (types: string) => string;
  readonly hadFailed: (types: string) => string;
  readonly hadTakenPart: (type: string, passed: boolean) => string;
  readonly notCancelled: string;
  readonly would: (condition: string, status: string) => string;
  readonly open: (status: TaskStatus) => string;
  readonly nobodyYet: string;
  readonly waitsParticipation: (left: string) => string;
  readonly waitsUnfinished: (types: string, left: string) => string;
  readonly waitsGap: (left: string) => string;
  readonly closing: Readonly<Record<ClosedBy, string>>;
  readonly stop: string;
  readonly join: string;
}

const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);

const english: Phrases = {
  list: (names) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${String(names.at(-1))}`),
  duration: (ms) => (ms < 1_000 ? `${String(Math.round(ms))} ms` : ms < 120_000 ? `${seconds(ms)} s` : `${String(Math.round(ms / 6_000) / 10)} min`),
  status: (status) => statusWithCode(status).en,
  rules: {
    CANCELLED: 'Somebody cancelled the task before its window had closed.',
    NO_PARTICIPANTS: 'Nobody took part: without evidence a package does not pass.',
    DEADLINE_UNFINISHED: 'The deadline ended the window while something was unfinished.',
    ALL_SUCCEEDED: 'Everybody who took part succeeded.',
    SOME_SUCCEEDED: 'At least one participant succeeded, and at least one did not.',
    ALL_FAILED: 'Nobody who took part succeeded.',
  },
  row: (id, when, status) => `The policy's rule ${id} says ${status} when ${when}`,
  skipped: (id, code) => `Rule ${id} could not be evaluated (${code}) and was skipped.`,
  quiet: (participation, gap) => `Everybody who took part had ended, the participation window of ${participation} was over, and nothing new came for ${gap}.`,
  deadline: (deadline, unfinished) => `The deadline of ${deadline} was reached${unfinished ? `; unfinished: ${unfinished}` : ''}.`,
  cancelled: 'Somebody asked to cancel.',
  paused: (duration) => `The window's clock stood still for ${duration} in between.`,
  amended: 'Late facts were taken in, as the policy wants it.',
  verdict: (status, revision) => (revision === 1 ? `The verdict is ${status}.` : `The verdict, revision ${String(revision)}, is ${status}.`),
  because: {
    QUIET: 'The window closed because all was quiet.',
    DEADLINE: 'The window closed at its deadline.',
    CANCELLED: 'The window closed because the task was cancelled.',
  },
  joinedWell: (types) => `Succeeded: ${types}.`,
  joinedBadly: (types) => `Not good enough: ${types}.`,
  notRun: (types) => `Could not scan: ${types}.`,
  unfinished: (types) => `Unfinished: ${types}.`,
  unreachable: (types) => `Unfinished and no longer heard of: ${types}.`,
  declined: (types) => `Did not take part, with a reason: ${types}.`,
  silent: (types) => `Usually takes part, but said nothing: ${types}.`,
  late: (types) => `First heard after the close: ${types}.`,
  conflicts: (count) => (count === 1 ? 'One contradiction among the facts is shown.' : `${String(count)} contradictions among the facts are shown.`),
  conflict: {
    OUTCOME: (about) => `${about} told two outcomes; the failure counts, then the smallest payload hash.`,
    SOURCE: (about) => `Two publishers spoke for ${about}.`,
    ID_REUSED: () => 'One fact id was used for two payloads; one of them counts.',
    MANIFEST: () => 'The participants did not see the same package.',
  },
  hadPassed: (types) => `Had ${types} succeeded`,
  hadFailed: (types) => `Had ${types} failed`,
  hadTakenPart: (type, passed) => `Had ${type === 'ANY' ? 'somebody' : type} taken part and ${passed ? 'succeeded' : 'failed'}`,
  notCancelled: 'Had nobody cancelled',
  would: (condition, status) => `${condition}, the verdict would be ${status}.`,
  open: (status) => (status === 'INIT' ? 'The window is open and nobody has come forward yet.' : 'The window is open.'),
  nobodyYet: 'Nothing is known so far.',
  waitsParticipation: (left) => `For another ${left} anybody may come forward.`,
  waitsUnfinished: (types, left) => `It waits for ${types}, for ${left} at the most.`,
  waitsGap: (left) => `Everybody who takes part has ended; it closes when nothing new comes for ${left}.`,
  closing: { QUIET: 'All is quiet: it is about to close.', DEADLINE: 'The deadline is reached: it is about to close.', CANCELLED: 'It is being cancelled.' },
  stop: '.',
  join: ' ',
};

const chinese: Phrases = {
  list: (names) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join('、')} 和 ${String(names.at(-1))}`),
  duration: (ms) => (ms < 1_000 ? `${String(Math.round(ms))} 毫秒` : ms < 120_000 ? `${seconds(ms)} 秒` : `${String(Math.round(ms / 6_000) / 10)} 分钟`),
  status: (status) => statusWithCode(status).zh,
  rules: {
    CANCELLED: '窗口关闭之前，任务被取消。',
    NO_PARTICIPANTS: '没有任何子任务参与：没有证据就不能通过。',
    DEADLINE_UNFINISHED: '截止时间已到，仍有子任务未完成。',
    ALL_SUCCEEDED: '所有参与的子任务都成功。',
    SOME_SUCCEEDED: '至少一个子任务成功，且至少一个没有成功。',
    ALL_FAILED: '参与的子任务没有一个成功。',
  },
  row: (id, when, status) => `策略规则 ${id} 规定：当 ${when} 时结论为${status}`,
  skipped: (id, code) => `规则 ${id} 无法求值（${code}），已跳过。`,
  quiet: (participation, gap) => `所有参与者均已结束，${participation}的参与期已过，并且 ${gap}内没有新的事实。`,
  deadline: (deadline, unfinished) => `已到 ${deadline}的截止时间${unfinished ? `；未完成：${unfinished}` : ''}。`,
  cancelled: '有人请求取消。',
  paused: (duration) => `期间窗口时钟停走 ${duration}。`,
  amended: '按照策略，结论已计入迟到的事实。',
  verdict: (status, revision) => (revision === 1 ? `结论为${status}。` : `第 ${String(revision)} 版结论为${status}。`),
  because: { QUIET: '窗口因进入静默期而关闭。', DEADLINE: '窗口因到达截止时间而关闭。', CANCELLED: '窗口因任务取消而关闭。' },
  joinedWell: (types) => `成功：${types}。`,
  joinedBadly: (types) => `质量不合格：${types}。`,
  notRun: (types) => `无法完成扫描：${types}。`,
  unfinished: (types) => `未完成：${types}。`,
  unreachable: (types) => `未完成且已失去联系：${types}。`,
  declined: (types) => `说明原因后未参与：${types}。`,
  silent: (types) => `通常参与但此次没有消息：${types}。`,
  late: (types) => `窗口关闭后才首次出现：${types}。`,
  conflicts: (count) => `事实之间有 ${String(count)} 处矛盾，已列出。`,
  conflict: {
    OUTCOME: (about) => `${about} 给出了两个不同结果；以失败为准，其次取最小的内容哈希。`,
    SOURCE: (about) => `有两个发布者代表 ${about} 发言。`,
    ID_REUSED: () => '同一个事实编号对应两份内容；只采用其中一份。',
    MANIFEST: () => '参与者看到的不是同一个包。',
  },
  hadPassed: (types) => `假如 ${types} 成功`,
  hadFailed: (types) => `假如 ${types} 失败`,
  hadTakenPart: (type, passed) => `假如${type === 'ANY' ? '有子任务' : ` ${type} `}参与并且${passed ? '成功' : '失败'}`,
  notCancelled: '假如没有人取消',
  would: (condition, status) => `${condition}，结论将是${status}。`,
  open: (status) => (status === 'INIT' ? '窗口已打开，尚无子任务参与。' : '窗口已打开。'),
  nobodyYet: '目前还没有任何消息。',
  waitsParticipation: (left) => `在接下来的 ${left}内仍可参与。`,
  waitsUnfinished: (types, left) => `正在等待 ${types}，最多再等 ${left}。`,
  waitsGap: (left) => `所有参与者均已结束；若 ${left}内没有新的事实，窗口即关闭。`,
  closing: { QUIET: '已进入静默，窗口即将关闭。', DEADLINE: '截止时间已到，窗口即将关闭。', CANCELLED: '任务正在取消。' },
  stop: '。',
  join: '',
};

export const phrasesOf: Readonly<Record<Language, Phrases>> = { en: english, zh: chinese };
