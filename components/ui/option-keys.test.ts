import { describe, expect, it } from "vitest";
import { placeByKey, placeByTyping } from "./option-keys";

describe("the keys of a list of options", () => {
  it("stay within the list", () => {
    expect(placeByKey("ArrowDown", 1, 3)).toBe(2);
    expect(placeByKey("ArrowDown", 2, 3)).toBe(2);
    expect(placeByKey("ArrowUp", 0, 3)).toBe(0);
    expect(placeByKey("Home", 2, 3)).toBe(0);
    expect(placeByKey("End", 0, 3)).toBe(2);
    expect(placeByKey("a", 0, 3)).toBeUndefined();
  });

  it("lead a first key press into the list from nowhere", () => {
    expect(placeByKey("ArrowDown", -1, 3)).toBe(0);
    expect(placeByTyping(["Ana", "Ole"], -1, "a")).toBe(0);
  });
});

describe("typing over a list of options", () => {
  const labels = ["Any", "Mara Keller", "Maren Holm", "Ole Berg", "Ömer"];

  it("finds the next label that starts with it, in any case", () => {
    expect(placeByTyping(labels, 0, "o")).toBe(3);
    expect(placeByTyping(labels, 0, "mare")).toBe(2);
    expect(placeByTyping(labels, 0, "ÖM")).toBe(4);
  });

  it("goes round with the same letter again, and stays while a word grows", () => {
    expect(placeByTyping(labels, 1, "m")).toBe(2);
    expect(placeByTyping(labels, 2, "mm")).toBe(1);
    expect(placeByTyping(labels, 1, "ma")).toBe(1);
  });

  it("finds nothing where nothing starts with it", () => {
    expect(placeByTyping(labels, 0, "x")).toBe(-1);
    expect(placeByTyping([], -1, "x")).toBe(-1);
  });
});
