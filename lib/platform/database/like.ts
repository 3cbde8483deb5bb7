/** Escapes a text for `contains`: Prisma passes `%` and `_` on to ILIKE, where they are wildcards. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
