/** A bundle without a name, or with targets that contradict each other. */
import { type Complaint } from '@tributary/findings';
import { z } from 'zod';
import { child, isAbsent, membersOf, rootPlace, textAt, type Place } from '../document/place';
import { yamlExample } from '../example';
import { defineRule, type Scene } from '../rule';

const bundle = 'bundle: { name: mart, uuid: 6f2b7c1e-0c9b-4a53-9f3e-2f6f5d8a1b2c, wedata_cli_version: "0.18.*" }';

export const bundleSettings = defineRule({
  id: 'wedata/bundle-settings',
  title: { en: 'Bundle settings are not valid', zh: 'Bundle 配置错误' },
  why: { en: 'The bundle cannot be deployed, or is deployed to the wrong project.', zh: 'Bundle 无法部署，或部署到错误的项目。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      yamlExample('wedata.yml', ['bundle: { uuid: 6f2b7c1e-0c9b-4a53-9f3e-2f6f5d8a1b2c }', 'targets: { dev: { mode: development } }'], 'no name'),
      yamlExample(
        'wedata.yml',
        [bundle, 'targets:', '  dev: { mode: development, default: true }', '  prod: { mode: production, default: true }'],
        'two defaults',
      ),
      yamlExample('wedata.yml', [bundle, 'targets: { dev: { mode: testing } }']),
    ],
    accepted: [yamlExample('wedata.yml', [bundle, 'targets:', '  dev: { mode: development, default: true }', '  prod: { mode: production }'])],
  },
  source: 'DataBuddy bundle reference (cloud.tencent.com/document/product/1835/137975); WeData CI/CD (tencentcloud.com/document/product/1174/74164)',
  *check(scene) {
    if (scene.document?.kind !== 'bundle') return;
    const root = rootPlace(scene.document.root);
    yield* ofBundle(scene, child(root, 'bundle') ?? root);
    const targets = child(root, 'targets');
    const members = targets ? membersOf(targets) : [];
    if (members.length === 0) yield said(scene, targets ?? root, 'targets', 'The bundle has no target to be deployed to', 'Bundle 没有部署目标（targets）');
    const defaults = members.filter((target) => textAt(child(target, 'default')) === 'true');
    for (const target of defaults.slice(1))
      yield said(
        scene,
        target,
        `default ${target.key}`,
        `More than one target is the default: ${defaults.map(({ key }) => key).join(', ')}`,
        `存在多个默认目标：${defaults.map(({ key }) => key).join('、')}`,
      );
    for (const target of members) {
      const mode = child(target, 'mode');
      const text = textAt(mode);
      if (mode && text !== undefined && !['development', 'production'].includes(text))
        yield said(
          scene,
          mode,
          `mode ${target.key}`,
          `${text} is no mode of a target: development or production`,
          `目标模式 ${text} 无效，应为 development 或 production`,
        );
      const host = child(child(target, 'workspace'), 'host');
      const address = textAt(host);
      if (host && address !== undefined && !address.startsWith('https://') && !address.includes('${'))
        yield said(
          scene,
          host,
          `host ${target.key}`,
          `The workspace of ${target.key} is no https address`,
          `目标 ${target.key} 的 workspace.host 不是 https 地址`,
        );
    }
  },
});

function* ofBundle(scene: Scene, settings: Place): Generator<Complaint> {
  if (isAbsent(child(settings, 'name'))) yield said(scene, settings, 'name', 'The bundle has no name', 'Bundle 缺少 name');
  const uuid = child(settings, 'uuid');
  const text = textAt(uuid);
  if (uuid && text !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    yield said(scene, uuid, 'uuid', `${text} is no UUID`, `${text} 不是有效的 UUID`);
}

function said(scene: Scene, place: Place, what: string, en: string, zh: string): Complaint {
  const evidence = textAt(place);
  return { message: { en, zh }, location: scene.at(place), ...(evidence !== undefined && { evidence }), identity: what };
}
