/** 出错时的说明。 */
import { type TranslationOf } from '../texts/translation';
import { type problemEn } from './texts.en';

export const problemZh: TranslationOf<typeof problemEn> = {
  unreachableTitle: '服务器没有应答',
  unreachableText: '数据没有丢失。可能是服务器未运行，或它与浏览器之间的网络中断。',
  strangeTitle: '应答的不是 Tributary',
  strangeText: '该地址上很可能是代理或其他程序。',
  unknownTitle: '页面内部出错',
  code: '错误码',
  trace: '追踪号',
  atLine: '第 {{line}} 行',
  atColumn: '第 {{line}} 行第 {{column}} 列',
  tryAgain: '重试',
  way_FILE_EMPTY: '请重新选择文件，它可能没有写完整。',
  way_NOT_A_ZIP: '请打包为 .zip：不能是 .rar、.7z、.tar.gz，也不能是改了扩展名的其他文件。',
  way_PACKAGE_TOO_LARGE: '请去掉无需扫描的内容（数据、二进制文件），或请管理员调大 TRIBUTARY_UPLOAD_BYTES_MAX。',
  way_INVALID_UPLOAD: '请修改所列字段后重新上传。',
  way_UNKNOWN_POLICY: '请选择已存在的策略；策略在“策略”页面发布。',
  way_INVALID_POLICY: '请修改策略中标出的位置。',
  way_UPLOAD_ABORTED: '连接中断。请重新上传，不会产生第二个任务。',
  way_IDEMPOTENCY_KEY_REUSED: '文件在首次上传后发生了变化。请从列表移除后重新选择。',
  way_UNAUTHENTICATED: '请输入服务器认可的令牌。',
  way_RATE_LIMITED: '请求过于频繁，请稍候。',
  way_TOO_BUSY: '服务器繁忙，请稍后重试。',
  way_TASK_NOT_FOUND: '请检查链接；较早的任务可能已被清理。',
  way_ROUND_OPEN: '请等待当前轮次得出结论。',
  way_WINDOW_CLOSED: '结论已先一步得出，无需取消。',
  way_PACKAGE_GONE: '该版本包已不再保留，请重新上传。',
  way_NO_VERDICT: '请等待结论。',
  way_INTERNAL_ERROR: '请重试；如果仍然出错，可凭追踪号请管理员排查。',
  way_UNAVAILABLE: '请稍后重试。',
};
