/** A password, a key or a token in the code or in the settings of a task. */
import { z } from 'zod';
import { taskExample } from '../example';
import { secretInCode, secretSettings } from '../model/secrets';
import { about, defineRule } from '../rule';

/** isql --password='Zk3-orders-77' */
const LEAKY = 'aXNxbCAtLXBhc3N3b3JkPSdaazMtb3JkZXJzLTc3Jw==';

export const credentialInTask = defineRule({
  id: 'wedata/credential-in-task',
  title: { en: 'Credential in a task', zh: '任务中含明文凭据' },
  why: { en: 'Base64 hides nothing: whoever gets the package has the password.', zh: 'Base64 不是加密，拿到包的人就拿到了密码。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      taskExample({ configuration: { CodeContent: LEAKY } }, "isql --password='…'"),
      taskExample({ configuration: { TaskExtConfigurationList: [{ ParamKey: 'db.password', ParamValue: 'Zk3-orders-77' }] } }),
    ],
    accepted: [taskExample({}), taskExample({ configuration: { TaskExtConfigurationList: [{ ParamKey: 'db.password', ParamValue: '${DB_PASSWORD}' }] } })],
  },
  source: 'CWE-312; WeData keeps credentials in data sources and in the secrets manager (ssmDynamicSkSwitch)',
  *check(scene) {
    for (const unit of scene.units) {
      const inCode = secretInCode(unit);
      if (inCode) {
        const line = inCode.code.split('\n').find((text) => text.includes(inCode.secret)) ?? '';
        yield about(scene, unit, inCode.place, 'CodeContent', {
          evidence: line,
          message: { en: `The code of ${unit.name} contains a credential in the clear`, zh: `${unit.name} 的代码中有明文凭据` },
        });
      }
      for (const { key, value, text } of secretSettings(unit)) {
        yield about(scene, unit, value, key, {
          evidence: `${key} = '${text}'`,
          message: { en: `${key} of ${unit.name} is a credential in the clear`, zh: `${unit.name} 的 ${key} 是明文凭据` },
        });
      }
    }
  },
});
