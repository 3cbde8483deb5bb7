/**
 * How many recipients an email names in “to”, “cc” and “bcc”, each text once. It takes an email as it was sent, so
 * that a batch can be counted before its entries are checked. What is no email names nobody.
 */
export function namedRecipients(email: unknown): number {
  if (typeof email !== "object" || email === null) return 0;
  const { to, cc, bcc } = email as Record<string, unknown>;
  const named = [to, cc, bcc].flat().filter((text) => typeof text === "string");
  return new Set(named).size;
}
