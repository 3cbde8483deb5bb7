/** Words as a list in a sentence: "read", "read and change", "read, change or send". */
export function listed(words: readonly string[], conjunction: "and" | "or"): string {
  const last = words.at(-1);
  if (last === undefined || words.length === 1) return last ?? "";
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
