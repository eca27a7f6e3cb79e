/** `Range` of RFC 9110 for one range of bytes. Pure. */

export type RangeAsked =
  /** No range that we read: the whole object, 200. Several ranges at once are answered so, too. */
  | { readonly kind: 'whole' }
  /** `end` is behind the last byte. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  /** 416 */
  | { readonly kind: 'outside' };

export function rangeOf(header: string | undefined, size: number): RangeAsked {
  const [, first, last] = /^bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})$/i.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') return part(Math.max(0, size - Number(last)), size, size);
  if (last !== '' && Number(last) < Number(first)) return { kind: 'whole' };
  return part(Number(first), last === '' ? size : Number(last) + 1, size);
}

function part(start: number, end: number, size: number): RangeAsked {
  return start >= size ? { kind: 'outside' } : { kind: 'part', start, end: Math.min(end, size) };
}
