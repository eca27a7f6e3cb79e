/** Finds the tasks and workflows of a document by their fields, in requests, answers and lists alike. */
import { child, foldKey, isAbsent, itemsOf, membersOf, textAt, type Place } from '../document/place';
import { field, type Unit, type UnitKind } from './unit';

const UNITS_MAX = 20_000;

/** Every task and workflow that shows the fields of the API, in the order of the text. */
export function unitsIn(root: Place): readonly Unit[] {
  const found: Unit[] = [];
  const open: Place[] = [root];
  for (let place = open.pop(); place && found.length < UNITS_MAX; place = open.pop()) {
    const unit = unitAt(place);
    if (unit) found.push(unit);
    // A task has no tasks inside; a workflow may carry its own.
    if (unit && unit.kind !== 'workflow' && unit.kind !== 'trigger-workflow') continue;
    open.push(...[...membersOf(place), ...itemsOf(place)].reverse());
  }
  return found;
}

function unitAt(place: Place): Unit | undefined {
  const has = (key: string): boolean => child(place, key) !== undefined;
  for (const prefix of ['', 'Trigger'] as const) {
    const base = child(place, `${prefix}TaskBaseAttribute`);
    const configuration = child(place, `${prefix}TaskConfiguration`);
    const schedule = child(place, `${prefix}TaskSchedulerConfiguration`);
    if (base?.node.kind === 'object' && (configuration ?? schedule))
      return unit(prefix === '' ? 'task' : 'trigger-task', place, [base, configuration, schedule, place], schedule);
  }
  if (has('TriggerWorkflowSchedulerConfigurations') && has('WorkflowName')) return unit('trigger-workflow', place, [place], undefined);
  const schedule = child(place, 'WorkflowSchedulerConfiguration');
  if (schedule?.node.kind === 'object') return unit('workflow', place, [place, schedule], schedule);
  if (has('WorkflowName') && has('WorkflowId') && has('CycleType') && !has('TaskId')) return unit('workflow', place, [place], place);
  if (has('WorkflowName') && (has('ParentFolderPath') || has('WorkflowParams')) && (has('ProjectId') || has('WorkflowType') || has('OwnerUin')))
    return unit('workflow', place, [place], undefined);
  if (has('TaskId') && has('CycleType') && has('WorkflowId')) return unit('legacy-task', place, [place], place);
  return undefined;
}

/** The kinds of resources that a bundle describes, and whether they are tasks. */
const RESOURCES: ReadonlyMap<string, UnitKind | undefined> = new Map([
  ['workflows', 'bundle-workflow'],
  ['triggerworkflows', 'bundle-workflow'],
  ['tasks', 'bundle-task'],
  ['triggertasks', 'bundle-task'],
  ['resourcefiles', undefined],
  ['projectparams', undefined],
  ['alarms', undefined],
  ['events', undefined],
]);

/** The sections of a bundle's resource file, empty where the document is none. */
export function resourceSections(root: Place): readonly (Place & { readonly key: string })[] {
  return membersOf(root).filter(({ key, node }) => RESOURCES.has(foldKey(key)) && (node.kind === 'object' || node.kind === 'array'));
}

/** Tasks and workflows of a bundle's resource file; their fields are looked up loosely, because nobody has documented them. */
export function bundleUnits(root: Place): readonly Unit[] {
  return resourceSections(root).flatMap((section) => {
    const kind = RESOURCES.get(foldKey(section.key));
    const entries = [...membersOf(section), ...itemsOf(section)].filter(({ node }) => node.kind === 'object');
    return kind === undefined ? [] : entries.map((place) => unit(kind, place, [place], place));
  });
}

function unit(kind: UnitKind, place: Place, parts: readonly (Place | undefined)[], schedule: Place | undefined): Unit {
  const verified = !kind.startsWith('bundle');
  const draft: Unit = { kind, place, parts: parts.filter((part) => part !== undefined), schedule, verified, name: '', identity: '' };
  const called = field(draft, ...(kind.endsWith('workflow') ? ['WorkflowName'] : ['TaskName']));
  const text = isAbsent(called) ? undefined : textAt(called);
  const id = textAt(field(draft, kind.endsWith('workflow') ? 'WorkflowId' : 'TaskId')) ?? '';
  const name = text ?? (verified ? id : (place.pointer.split('/').at(-1) ?? ''));
  return { ...draft, name, identity: `${kind}/${textAt(field(draft, 'WorkflowId')) ?? ''}/${name}` };
}
