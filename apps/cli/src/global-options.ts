/** The options that every command takes. */
import { type OptionDefinition } from './command';

export const globalOptions: readonly OptionDefinition[] = [
  {
    flags: '--url URL',
    says: { en: 'the server (TRIBUTARY_URL; default http://127.0.0.1:8080)', zh: '服务地址（TRIBUTARY_URL；默认 http://127.0.0.1:8080）' },
  },
  { flags: '--token TOKEN', says: { en: 'who you are (TRIBUTARY_TOKEN)', zh: '身份令牌（TRIBUTARY_TOKEN）' } },
  { flags: '--token-file FILE', says: { en: 'a file with the token (TRIBUTARY_TOKEN_FILE)', zh: '存放令牌的文件（TRIBUTARY_TOKEN_FILE）' }, isFile: true },
  { flags: '--json', says: { en: 'results as JSON; errors as JSON on stderr', zh: '结果以 JSON 输出；错误以 JSON 输出到 stderr' } },
  { flags: '-q, --quiet', says: { en: 'results only, no progress', zh: '只输出结果，不显示进度' } },
  {
    flags: '--lang LANGUAGE',
    says: { en: 'the language of texts (TRIBUTARY_LANG; otherwise LC_ALL, LANG)', zh: '显示语言（TRIBUTARY_LANG；否则取 LC_ALL、LANG）' },
    choices: ['en', 'zh'],
  },
  { flags: '-h, --help', says: { en: 'this help', zh: '显示帮助' } },
];
