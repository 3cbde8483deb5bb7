/** The IP addresses somebody typed or pasted, whatever separates them. */
export function splitAddresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
