import { type ClassValue, clsx } from "clsx";

const words = (text: string) => text.split(" ");

/** The utilities that are whole words, or values with a meaning of their own, by the property they set. */
const WHOLE: Record<string, string> = Object.fromEntries(
  Object.entries({
    display: "block inline inline-block flex inline-flex grid inline-grid table contents hidden",
    position: "static absolute fixed relative sticky",
    "text-overflow": "truncate text-ellipsis",
    "text-size": "text-2xs text-xs text-sm text-base text-lg text-xl",
    "text-align": "text-left text-center text-right",
    "text-wrap": "text-balance text-pretty",
    "font-family": "font-sans font-mono",
    "border-style": "border-dashed",
    "border-collapse": "border-collapse",
    "flex-direction": "flex-row flex-col flex-col-reverse",
    "flex-wrap": "flex-wrap flex-nowrap",
    shadow: "shadow-1 shadow-raised shadow-floating",
  }).flatMap(([property, names]) => words(names).map((name) => [name, property])),
);

/** The utilities that are written as `name-value`, a longer name before the shorter one it begins with. */
const NAMED = words(
  "px py pt pr pb pl p mx my mt mr mb ml m size min-w min-h max-w max-h w h text font flex basis shrink grow " +
    "gap-x gap-y gap justify-items justify items self order bg whitespace leading grid-cols rounded-t rounded-b " +
    "rounded inset-ring inset-y inset top right bottom left z opacity tracking break underline-offset list transition " +
    "fill stroke cursor col-span overflow-x overflow-y overflow border-t border-r border-b border-l border",
);
/** The properties of lines: a number is their width, and any other value their colour. */
const LINES = new Set(words("border border-t border-r border-b border-l inset-ring stroke"));

/** The properties that a property sets besides its own. */
const WITHIN: Record<string, string[]> = {
  p: words("px py pt pr pb pl"),
  px: words("pr pl"),
  py: words("pt pb"),
  m: words("mx my mt mr mb ml"),
  mx: words("mr ml"),
  my: words("mt mb"),
  size: words("w h"),
  gap: words("gap-x gap-y"),
  flex: words("basis grow shrink"),
  inset: words("inset-y top right bottom left"),
  "inset-y": words("top bottom"),
  overflow: words("overflow-x overflow-y"),
  rounded: words("rounded-t rounded-b"),
  border: words("border-t border-r border-b border-l"),
  "border-width": words("border-t-width border-r-width border-b-width border-l-width"),
  "text-size": ["leading"],
};

const MODIFIERS = /^(?:[^[\]]|\[[^\]]*\])*:/;
const NUMBER = /^\[?[\d.]+\]?$/;
const LENGTH = /^\[\d+px\]$/;

/** The property that a class sets; null for a class that overrules nothing. */
function propertyOf(name: string): string | null {
  const whole = WHOLE[name];
  if (whole) return whole;
  const bare = name.replace(/^-/, "");
  const property = NAMED.find((one) => bare === one || bare.startsWith(`${one}-`)) ?? null;
  const value = bare.slice((property?.length ?? 0) + 1);
  if (property && LINES.has(property)) {
    return value === "" || NUMBER.test(value) ? `${property}-width` : property;
  }
  return property === "text" && LENGTH.test(value) ? "text-size" : property;
}

const known = new Map<string, { modifiers: string; property: string | null }>();

/** The property a class sets, and when. The classes of a product are few, so all of them are remembered. */
function meaningOf(className: string) {
  const found = known.get(className);
  if (found) return found;
  const modifiers = MODIFIERS.exec(className)?.[0] ?? "";
  const important = className.endsWith("!") ? "!" : "";
  const name = className.slice(modifiers.length, important ? -1 : undefined);
  const meaning = { modifiers: modifiers + important, property: propertyOf(name) };
  known.set(className, meaning);
  return meaning;
}

/**
 * Joins class names; of two Tailwind classes that set the same thing, the later one stays. This is `tailwind-merge` for
 * the utilities in use, at a tenth of its size: a test holds both to the same answers.
 */
export function cn(...names: ClassValue[]): string {
  const set = new Set<string>();
  const kept: string[] = [];
  for (const className of clsx(names).split(/\s+/).filter(Boolean).reverse()) {
    const { modifiers, property } = meaningOf(className);
    if (property) {
      if (set.has(modifiers + property)) continue;
      for (const part of [property, ...(WITHIN[property] ?? [])]) set.add(modifiers + part);
    }
    kept.push(className);
  }
  return kept.reverse().join(" ");
}
