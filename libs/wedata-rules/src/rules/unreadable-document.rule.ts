/** A file that means to be WeData, but is no JSON or no YAML. */
import { z } from 'zod';
import { yamlExample } from '../example';
import { defineRule } from '../rule';

export const unreadableDocument = defineRule({
  id: 'wedata/unreadable-document',
  title: { en: 'File cannot be read', zh: '文件无法解析' },
  why: { en: 'The deployment stops at this file, or takes only what stands before the fault.', zh: '部署会在此文件中断，或只读取到出错之前的内容。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: { path: 'task.json', text: '{"TaskBaseAttribute": {"TaskName": "load",}, "TaskConfiguration": {}}' }, note: 'a comma too many' },
      yamlExample('wedata.yml', ['bundle:', '  name: mart', ' uuid: 1']),
    ],
    accepted: [
      yamlExample('wedata.yml', [
        'bundle: { name: mart, uuid: 6f2b7c1e-0c9b-4a53-9f3e-2f6f5d8a1b2c, wedata_cli_version: "0.18.*" }',
        'targets: { dev: { mode: development, default: true } }',
      ]),
    ],
  },
  source: 'RFC 8259 (JSON) and YAML 1.2; WeData bundles are YAML (tencentcloud.com/document/product/1174/74164)',
  *check({ broken, atOffset, path }) {
    if (!broken) return;
    yield {
      message: { en: `This file cannot be read: ${broken.message.en}`, zh: `文件无法解析：${broken.message.zh}` },
      location: atOffset(broken.offset),
      identity: path,
    };
  },
});
