/** The key file of the command line tool inside the package. */
import { z } from 'zod';
import { child, rootPlace, textAt } from '../document/place';
import { jsonExample } from '../example';
import { defineRule } from '../rule';

export const credentialFile = defineRule({
  id: 'wedata/credential-file',
  title: { en: 'Key file in the package', zh: '包中含密钥文件' },
  why: {
    en: 'SecretId and SecretKey of an account open every project that it can see, and they do not expire.',
    zh: 'SecretId 与 SecretKey 可访问账号下的全部项目，且不会过期。',
  },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [jsonExample({ SecretId: 'AKIDexampleexample1', SecretKey: 'exampleexampleexample', ExpireTime: 0 })],
    accepted: [jsonExample([{ WorkflowName: 'mart', ProjectId: '1', WorkflowParams: [], OwnerUin: '1' }])],
  },
  source: 'WeData bundles keep Token, SecretId and SecretKey in ~/.wedata/wedata.json',
  *check({ document, at, path }) {
    const place = document?.kind === 'credentials' ? child(rootPlace(document.root), 'SecretKey') : undefined;
    if (!place || textAt(place) === '') return;
    yield {
      message: { en: 'This file holds the keys of a cloud account', zh: '该文件包含云账号密钥' },
      location: at(place),
      evidence: 'SecretKey: ******',
      identity: path,
      fix: { en: 'Remove it from the package and replace the keys: they are known now.', zh: '请从包中删除并更换密钥。' },
    };
  },
});
