/** What the group `package` offers. */
import { type CommandDefinition } from '../command';

export const packageCommands: readonly CommandDefinition[] = [
  {
    words: ['package', 'check'],
    says: { en: 'Read a package as the workers would: its contents, or why it is refused', zh: '按工作器的方式读取版本包：列出内容，或说明拒绝原因' },
    more: [{ en: 'No server is asked.', zh: '无需服务。' }],
    arguments: [{ name: 'FILE', says: { en: 'the zip', zh: 'zip 文件' }, isFile: true }],
    options: [{ flags: '-l, --list', says: { en: 'list all entries', zh: '列出全部条目' } }],
    examples: [{ run: 'tributary package check retail-2.3.1.zip', says: { en: 'before it is uploaded', zh: '上传之前' } }],
    json: {
      en: '{ kind: "readable", sha256, bytes, entries: [{ path, size }] } or { kind: "refused", code, entryIndex?, detail }',
      zh: '{ kind: "readable", sha256, bytes, entries: [{ path, size }] } 或 { kind: "refused", code, entryIndex?, detail }',
    },
    load: async () => (await import('../local/check-package')).checkPackage,
  },
];
