import { describe, expect, it } from "vitest";
import { type KeyPress, type Place, shortcutOf } from "./shortcuts";

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe("shortcutOf", () => {
  it.each<[string, KeyPress, Place, ReturnType<typeof shortcutOf>]>([
    ["⌘K", press("k", { metaKey: true }), "page", "palette"],
    ["Ctrl K while typing", press("k", { ctrlKey: true }), "typing", "palette"],
    ["Ctrl K with caps lock", press("K", { ctrlKey: true }), "page", "palette"],
    ["Ctrl Shift K, a browser's own", press("k", { ctrlKey: true, shiftKey: true }), "page", null],
    ["Ctrl K in a dialog", press("k", { ctrlKey: true }), "overlay", null],
    ["?", press("?", { shiftKey: true }), "page", "help"],
    ["/", press("/"), "page", "search"],
    ["c", press("c"), "page", "create"],
    ["c on a row", press("c"), "row", "create"],
    ["Ctrl C, which copies", press("c", { ctrlKey: true }), "page", null],
    ["⌘C, which copies", press("c", { metaKey: true }), "page", null],
    ["Alt C", press("c", { altKey: true }), "page", null],
    ["c while typing", press("c"), "typing", null],
    ["c while searching", press("c"), "search", null],
    ["c in a dialog", press("c"), "overlay", null],
    ["a composed character", press("c", { isComposing: true }), "page", null],
    ["arrow down from the search", press("ArrowDown"), "search", "next-row"],
    ["arrow down on a row", press("ArrowDown"), "row", "next-row"],
    ["arrow up on a row", press("ArrowUp"), "row", "previous-row"],
    ["arrow down on a fresh page", press("ArrowDown"), "nowhere", "next-row"],
    ["c on a fresh page", press("c"), "nowhere", "create"],
    ["arrow down on the page, which scrolls", press("ArrowDown"), "page", null],
    ["a key without a meaning", press("x"), "page", null],
  ])("%s", (_, pressed, place, expected) => {
    expect(shortcutOf(pressed, place, "on")).toBe(expected);
  });

  it("has no single keys when they are turned off, but keeps the palette and the arrows", () => {
    expect(shortcutOf(press("c"), "page", "off")).toBeNull();
    expect(shortcutOf(press("?", { shiftKey: true }), "page", "off")).toBeNull();
    expect(shortcutOf(press("k", { metaKey: true }), "page", "off")).toBe("palette");
    expect(shortcutOf(press("ArrowDown"), "row", "off")).toBe("next-row");
  });

  it("survives the keyless events of autofill", () => {
    const { key: _, ...keyless } = press("c");
    expect(shortcutOf(keyless, "page", "on")).toBeNull();
  });
});
