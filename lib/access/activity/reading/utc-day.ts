/** The UTC day of an instant, as Postgres reads it: `2026-11-23`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
