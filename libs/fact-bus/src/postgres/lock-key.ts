/** What a member is called among PostgreSQL's advisory locks. */

/** A 31-bit number from a UUID's random digits. */
export function lockKeyOf(member: string): number {
  return Number.parseInt(member.replaceAll('-', '').slice(-8), 16) & 0x7fffffff;
}
