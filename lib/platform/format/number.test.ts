import { describe, expect, it } from "vitest";
import {
  countOf,
  formatBytes,
  formatCount,
  formatMebibytes,
  formatShare,
  shortCount,
} from "./number";

describe("numbers in words", () => {
  it("separates thousands", () => {
    expect(formatCount(48_210)).toBe("48,210");
  });

  it.each([
    [0, "0 keys"],
    [1, "1 key"],
    [1_200, "1,200 keys"],
  ])("%d is %s", (count, text) => {
    expect(countOf(count, "key")).toBe(text);
  });

  it("takes an irregular plural", () => {
    expect(countOf(2, "address", "addresses")).toBe("2 addresses");
  });

  it.each([
    [950, "950"],
    [4_000, "4k"],
    [1_250_000, "1.3m"],
  ])("%d is short for %s", (count, text) => {
    expect(shortCount(count)).toBe(text);
  });

  it.each([
    [996, 1000, "99.6 %"],
    [9_999_999, 10_000_000, "99.9 %"],
    [5, 5, "100 %"],
    [1, 60, "1.7 %"],
    [151, 160, "94.4 %"],
    [1, 10_000_000, "0.1 %"],
    [0, 5, "0.0 %"],
    [0, 0, "–"],
  ])("%d of %d is %s", (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });

  it.each([
    [412, "412 B"],
    [1_400, "1.4 kB"],
    [2_000_000, "2.0 MB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [1_048_576, "1 MiB"],
    [16_777_216, "16 MiB"],
  ])("a limit of %d bytes is %s", (bytes, text) => {
    expect(formatMebibytes(bytes)).toBe(text);
  });
});
