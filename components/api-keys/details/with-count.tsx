import { countOf } from "@/lib/platform/format/number";

/** How many of each a key reaches; 0 where the number would say nothing. */
export type Reached = { contacts: number; audiences: number };

/**
 * Puts the number of contacts or audiences into a sentence that ends in them. Sentences about creating get
 * none.
 */
export function WithCount({ words, reached }: { words: string; reached: Reached }) {
  const noun = (["contact", "audience"] as const).find((one) => words.endsWith(` ${one}s`));
  const count = noun ? reached[`${noun}s`] : 0;
  if (!noun || count === 0 || words.startsWith("Create")) return words;
  return (
    <>
      {words.slice(0, -`${noun}s`.length)}
      <strong className="font-semibold">{countOf(count, noun)}</strong>
    </>
  );
}
