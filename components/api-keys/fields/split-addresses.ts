/** The addresses somebody typed or pasted, whatever stands between them. */
export function splitAddresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
