/** A bundle uses a variable that it does not declare. */
import { z } from 'zod';
import { child, itemsOf, membersOf, rootPlace, type Place } from '../document/place';
import { yamlExample } from '../example';
import { defineRule } from '../rule';
import { type WedataDocument } from '../recognise';

const bundle = 'bundle: { name: mart, uuid: 6f2b7c1e-0c9b-4a53-9f3e-2f6f5d8a1b2c, wedata_cli_version: "0.18.*" }';

export const undeclaredVariable = defineRule({
  id: 'wedata/undeclared-variable',
  title: { en: 'Variable is not declared', zh: '变量未声明' },
  why: { en: 'The deployment stops, or the text ${var.x} itself goes into the task.', zh: '部署会中断，或把 ${var.x} 原样写入任务。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [yamlExample('wedata.yml', [bundle, 'targets: { dev: { mode: development, workspace: { root_path: "/w/${var.team}" } } }'])],
    accepted: [
      yamlExample('wedata.yml', [
        bundle,
        'variables: { team: { default: sales } }',
        'targets: { dev: { mode: development, workspace: { root_path: "/w/${var.team}/${bundle.name}" } } }',
      ]),
    ],
  },
  source: 'DataBuddy bundle reference: variables and ${var.<name>} (cloud.tencent.com/document/product/1835/137975)',
  *check({ document, package: { documents }, at }) {
    const bundles = documents.filter(({ kind }) => kind === 'bundle');
    if (!document || bundles.length === 0 || (document.kind !== 'bundle' && document.kind !== 'bundle-resources')) return;
    const declared = new Set(bundles.flatMap(variablesOf));
    const open: Place[] = [rootPlace(document.root)];
    for (let place = open.pop(); place; place = open.pop()) {
      open.push(...[...membersOf(place), ...itemsOf(place)].reverse());
      if (place.node.kind !== 'text') continue;
      const used = new Set([...place.node.value.matchAll(/\$\{var\.([A-Za-z_][\w-]{0,200})\}/g)].map(([, name = '']) => name));
      for (const name of used) {
        if (declared.has(name)) continue;
        yield {
          message: { en: `The variable ${name} is not declared in the bundle`, zh: `变量 ${name} 未在 Bundle 中声明` },
          location: at(place),
          evidence: place.node.value,
          identity: `${place.pointer.replace(/\/\d+(?=\/|$)/g, '/*')} ${name}`,
        };
      }
    }
  },
});

function variablesOf({ root }: WedataDocument): string[] {
  const top = rootPlace(root);
  const names = (place: Place | undefined): string[] => (place ? membersOf(place).map(({ key }) => key) : []);
  const targets = child(top, 'targets');
  return [...names(child(top, 'variables')), ...(targets ? membersOf(targets) : []).flatMap((target) => names(child(target, 'variables')))];
}
