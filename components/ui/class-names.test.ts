import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { twMerge } from "tailwind-merge";
import { expect, it } from "vitest";
import { cn } from "./class-names";

/** The words of all texts in the sources that may be classes. */
function words(): string[] {
  const sources = ["app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tsx"))
      .map((name) => readFileSync(path.join(folder, name), "utf8")),
  );
  const texts = sources.flatMap((source) => source.match(/(["'`])(?:(?!\1)[^\n\\])*\1/g) ?? []);
  return [...new Set(texts.flatMap((text) => text.slice(1, -1).split(/\s+/)))];
}

/** The classes that Tailwind's own rules know, by what stands before them, such as `max-md:`. */
function classesByModifier(): string[][] {
  const groups: Record<string, string[]> = {};
  for (const word of words()) {
    if (twMerge(`${word} ${word}`) !== word) continue;
    const modifier = /^(?:[^[]*:)?/.exec(word)?.[0] ?? "";
    groups[modifier] = [...(groups[modifier] ?? []), word];
  }
  return Object.values(groups);
}

it("lets the later of any two classes in use overrule the earlier as Tailwind's own rules do", () => {
  const pairs = classesByModifier().flatMap((classes) =>
    classes.flatMap((earlier) =>
      classes.flatMap((later) => (later === earlier ? [] : `${earlier} ${later}`)),
    ),
  );
  const wrong = pairs.filter((both) => cn(both) !== twMerge(both));
  expect(wrong).toEqual([]);
});
