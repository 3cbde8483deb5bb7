import { describe, expect, it } from "vitest";
import { initialsOf } from "./names";

describe("initialsOf", () => {
  it.each([
    ["Mara Keller", "MK"],
    ["Mara", "M"],
    ["Ana de la Ruiz", "AR"],
    ["  jonas   weber ", "JW"],
    ["👩‍🚀 Lab", "👩‍🚀L"],
    ["مرحبا بكم", "مب"],
    ["", ""],
  ])("%s is %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
