/** One thing that a scan has to say about one place. */
import { type Severity } from '@tributary/facts';

/** A text for people in both languages. Rendered when read. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** Lines and columns count from 1; the end is inclusive. Columns are UTF-16 units of the decoded text. */
export interface Range {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Location {
  /** The entry's path in the package. */
  readonly path: string;
  readonly range?: Range;
  readonly sheet?: string;
  /** `B3` */
  readonly cell?: string;
  /** RFC 6901 into the document. */
  readonly pointer?: string;
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: Bilingual;
  readonly location: Location;
  /** The offending text, at most a few lines, secrets masked. */
  readonly evidence?: string;
  readonly fix?: Bilingual;
  /** Content-based, not line-based: the same fault has the same fingerprint in the next version. Hex. */
  readonly fingerprint: string;
}
