/** Whether a file is about WeData, and what it holds; decided by its content. */
import { child, itemsOf, membersOf, rootPlace, textAt, type Place } from './document/place';
import { type Broken, type Node } from './document/node';
import { formatOf, readDocument, type Format } from './document/read';
import { bundleUnits, resourceSections, unitsIn } from './model/units';
import { type Unit, type UnitKind } from './model/unit';

export type WedataKind =
  'task' | 'trigger-task' | 'workflow' | 'trigger-workflow' | 'legacy-2021' | 'collection' | 'bundle' | 'bundle-resources' | 'credentials';

export interface WedataDocument {
  readonly path: string;
  readonly text: string;
  readonly format: Format;
  readonly kind: WedataKind;
  readonly root: Node;
  readonly units: readonly Unit[];
}

export type WedataRecognition =
  | { readonly kind: WedataKind; readonly document: WedataDocument }
  | { readonly kind: 'none'; readonly reasonCode: 'NOT_STRUCTURED' | 'NOT_WEDATA' | 'API_ERROR_ANSWER' | 'TOO_LARGE' }
  /** It means to be WeData, but cannot be read. */
  | { readonly kind: 'broken'; readonly broken: Broken };

/** A larger file is no definition of tasks. */
const LENGTH_MAX = 64 * 1024 * 1024;

/** The names of the API that nothing else has, as they stand in a text that may be broken. */
const TELLTALE = /"(?:Trigger)?Task(?:BaseAttribute|SchedulerConfiguration)"\s*:|"(?:Trigger)?WorkflowSchedulerConfigurations?"\s*:/;
const BUNDLE_FILE = /(?:^|\/)(?:wedata|databuddy)\.ya?ml$/i;
const RESOURCE_FOLDER = /(?:^|\/)resources\//;
const RESOURCE_FIELD = /^\s*-?\s*["']?(?:cycle_?type|task_?type_?id|task_?name|workflow_?name)["']?\s*:/im;

export function recogniseWedata(path: string, text: string): WedataRecognition {
  const format = formatOf(path, text);
  if (format === undefined) return { kind: 'none', reasonCode: 'NOT_STRUCTURED' };
  if (text.length > LENGTH_MAX) return { kind: 'none', reasonCode: 'TOO_LARGE' };
  const parsed = readDocument(format, text);
  if (parsed.kind === 'broken') return meantWedata(path, text, format) ? { kind: 'broken', broken: parsed } : { kind: 'none', reasonCode: 'NOT_STRUCTURED' };
  const root = rootPlace(parsed.root);
  const found = contentOf(path, text, format, root);
  if (found) return { kind: found.kind, document: { path, text, format, root: parsed.root, ...found } };
  return { kind: 'none', reasonCode: child(child(root, 'Response'), 'Error') ? 'API_ERROR_ANSWER' : 'NOT_WEDATA' };
}

function meantWedata(path: string, text: string, format: Format): boolean {
  if (TELLTALE.test(text)) return true;
  return format === 'yaml' && (BUNDLE_FILE.test(path) || (RESOURCE_FOLDER.test(path) && RESOURCE_FIELD.test(text)));
}

function contentOf(path: string, text: string, format: Format, root: Place): { readonly kind: WedataKind; readonly units: readonly Unit[] } | undefined {
  if (isCredentials(root)) return { kind: 'credentials', units: [] };
  if (format === 'yaml' && isBundle(path, root)) return { kind: 'bundle', units: [] };
  const units = unitsIn(root);
  if (units.length > 0) return { kind: kindOf(units), units };
  const sections = format === 'yaml' ? resourceSections(root) : [];
  if (sections.length > 0 && (RESOURCE_FIELD.test(text) || (RESOURCE_FOLDER.test(path) && sections.some(hasEntries))))
    return { kind: 'bundle-resources', units: bundleUnits(root) };
  return undefined;
}

/** The key file of the command line tool: `~/.wedata/wedata.json`. */
function isCredentials(root: Place): boolean {
  return textAt(child(root, 'SecretId')) !== undefined && textAt(child(root, 'SecretKey')) !== undefined && membersOf(root).length <= 10;
}

/** Other products have files with `bundle`, too: the name of the file, the tool's version or the workspace must say that it is this one. */
function isBundle(path: string, root: Place): boolean {
  const bundle = child(root, 'bundle');
  if (bundle?.node.kind !== 'object') return false;
  if (BUNDLE_FILE.test(path) || child(bundle, 'wedata_cli_version')) return true;
  return membersOf(child(root, 'targets') ?? root).some((target) => /wedata|databuddy/i.test(textAt(child(child(target, 'workspace'), 'host')) ?? ''));
}

const hasEntries = (section: Place): boolean => [...membersOf(section), ...itemsOf(section)].some(({ node }) => node.kind === 'object');

const KINDS: Readonly<Record<UnitKind, WedataKind>> = {
  task: 'task',
  'trigger-task': 'trigger-task',
  workflow: 'workflow',
  'trigger-workflow': 'trigger-workflow',
  'legacy-task': 'legacy-2021',
  'bundle-task': 'bundle-resources',
  'bundle-workflow': 'bundle-resources',
};

function kindOf(units: readonly Unit[]): WedataKind {
  const kinds = new Set(units.map(({ kind }) => KINDS[kind]));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : 'collection';
}
