import { Fragment } from "react";

/** A name that can be an email, which has no spaces: a narrow line breaks it after a dot or "@", not in a word. */
export function Breakable({ text }: { text: string }) {
  if (!text.includes("@") || /\s/.test(text)) return text;
  return text.split(/(?<=[@.])/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
