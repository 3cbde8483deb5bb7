const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Up to two initials of a name, whatever its script: "Mara Keller" is "MK", "🌱 Shop" is "🌱S". */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => firstGrapheme(word ?? "").toUpperCase()).join("");
}

function firstGrapheme(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return "";
}
