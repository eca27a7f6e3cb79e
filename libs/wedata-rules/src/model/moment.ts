/** Points in time as WeData writes them: `yyyy-MM-dd HH:mm:ss`, without a zone. */

/** Milliseconds since 1970 as if the zone were UTC; undefined for anything else, 30 February included. */
export function parseMoment(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text) ?? [];
  if (second === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)));
  return date.toISOString().slice(0, 19).replace('T', ' ') === text ? date.getTime() : undefined;
}
