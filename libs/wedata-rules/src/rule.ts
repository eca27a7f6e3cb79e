/** The shape of a rule about WeData files, and what it gets to see. */
import { type Complaint, type RuleDescription } from '@tributary/findings';
import { type z } from 'zod';
import { type Broken } from './document/node';
import { textAt, type Place } from './document/place';
import { type Unit } from './model/unit';
import { type PackageView } from './model/package-view';
import { type WedataDocument } from './recognise';

/** A file as a rule's example: its text, and its path where that matters. */
export interface WedataExample {
  readonly path: string;
  readonly text: string;
}

/** One file under check. */
export interface Scene {
  readonly path: string;
  /** Undefined when the file could not be read. */
  readonly document: WedataDocument | undefined;
  readonly broken: Broken | undefined;
  readonly units: readonly Unit[];
  /** The recognised documents of the package, this one among them. */
  readonly package: PackageView;
  /** When the package was uploaded, in milliseconds since 1970; undefined: nothing is said about what is over. */
  readonly uploadedAt: number | undefined;
  /** Where a value stands: its pointer, and the lines of the text. */
  readonly at: (place: Place) => Complaint['location'];
  readonly atOffset: (offset: number) => Complaint['location'];
}

export interface WedataRule<Options extends z.ZodType = z.ZodType> extends RuleDescription<WedataExample, Options> {
  /** `options` went through the rule's own schema. */
  check(scene: Scene, options: z.output<Options>): Iterable<Complaint>;
}

/** Lets a rule have typed options and still stand in a list with the others. */
export function defineRule<Options extends z.ZodType>(rule: WedataRule<Options>): WedataRule {
  return rule;
}

type Said = Pick<Complaint, 'message'> & Partial<Pick<Complaint, 'severity' | 'fix' | 'evidence'>>;

/** A complaint about a field of a unit. In bundle sources, whose fields nobody has documented, it is never more than a warning. */
export function about(scene: Scene, unit: Unit, place: Place, what: string, said: Said): Complaint {
  const evidence = said.evidence ?? textAt(place);
  return {
    ...said,
    ...(!unit.verified && said.severity !== 'info' && { severity: 'warning' as const }),
    ...(evidence !== undefined && { evidence }),
    location: scene.at(place),
    identity: `${unit.identity}#${what}`,
  };
}
