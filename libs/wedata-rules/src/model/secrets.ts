/** The values of a task that are secrets: in its decoded code, and in settings whose name says so. */
import { isSecretReference, secretsIn } from '@tributary/findings';
import { decodeCode } from '../code/code';
import { textAt, type Place } from '../document/place';
import { pairs, present, type Unit } from './unit';

const SECRET_KEY = /(?:password|passwd|pwd|secret_?key|secret_?id|access_?key|private_?key|token)$/i;
const LISTS = ['TaskExtConfigurationList', 'TaskSchedulingParameterList', 'WorkflowParams', 'GeneralTaskParams'];
const LENGTH_MIN = 3;

export interface SecretSetting {
  readonly key: string;
  readonly value: Place;
  readonly text: string;
}

export function secretSettings(unit: Unit): readonly SecretSetting[] {
  return LISTS.flatMap((list) => pairs(unit, list)).flatMap(({ key, value }) => {
    const text = textAt(value) ?? '';
    const told = SECRET_KEY.test(key) || secretsIn(text).length > 0;
    return told && text.length >= LENGTH_MIN && !isSecretReference(text) ? [{ key, value, text }] : [];
  });
}

/** The code with its first secret, where there is one. */
export function secretInCode(unit: Unit): { readonly place: Place; readonly code: string; readonly secret: string } | undefined {
  const place = unit.verified ? present(unit, 'CodeContent') : undefined;
  const decoded = decodeCode(textAt(place) ?? '');
  const [secret] = decoded.kind === 'code' ? secretsIn(decoded.text) : [];
  return place && decoded.kind === 'code' && secret !== undefined ? { place, code: decoded.text, secret } : undefined;
}

/** Everything that must not be shown, wherever the file repeats it. */
export function secretsOf(units: readonly Unit[]): readonly string[] {
  const found = units.flatMap((unit) => [...secretSettings(unit).map(({ text }) => text), ...secretsIn(secretInCode(unit)?.code ?? '')]);
  return [...new Set(found)].sort((a, b) => b.length - a.length);
}
