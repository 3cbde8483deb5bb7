/** A text as `contains` has to be given it: Prisma hands `%` and `_` to ILIKE, where they are wildcards. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
