/** CodeContent that no platform can decode. */
import { z } from 'zod';
import { decodeCode } from '../code/code';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { isTask, present } from '../model/unit';
import { about, defineRule } from '../rule';

export const codeNotBase64 = defineRule({
  id: 'wedata/code-not-base64',
  title: { en: 'Code is not base64', zh: '代码不是有效的 Base64' },
  why: { en: 'The task is created with no code or with garbage, and the first run shows it.', zh: '任务会以空代码或乱码创建，首次运行时才暴露。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      taskExample({ configuration: { CodeContent: '%%% this is no base64 %%%' } }),
      taskExample({ configuration: { CodeContent: 'echo 1' } }, 'the code itself'),
      taskExample({ configuration: { CodeContent: 'tqnWpA==' } }, 'GBK instead of UTF-8'),
    ],
    accepted: [taskExample({ configuration: { CodeContent: 'ZWNobyAx' } }), taskExample({ configuration: { CodeContent: '' }, base: { TaskTypeId: '38' } })],
  },
  source: 'WeData API 2025-08-06, TaskConfiguration.CodeContent: Base64; RFC 4648, section 4',
  *check(scene) {
    for (const unit of scene.units) {
      const place = isTask(unit) && unit.verified ? present(unit, 'CodeContent') : undefined;
      const encoded = textAt(place);
      if (!place || encoded === undefined) continue;
      const { kind } = decodeCode(encoded);
      if (kind === 'code') continue;
      yield about(scene, unit, place, 'CodeContent', {
        evidence: encoded.slice(0, 80),
        message:
          kind === 'not-base64'
            ? { en: `The code of ${unit.name} is not base64`, zh: `${unit.name} 的代码不是有效的 Base64` }
            : { en: `The code of ${unit.name} is not UTF-8 once it is decoded`, zh: `${unit.name} 的代码解码后不是 UTF-8` },
      });
    }
  },
});
