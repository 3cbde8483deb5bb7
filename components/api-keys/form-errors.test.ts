import type { FieldErrors } from "react-hook-form";
import { expect, it } from "vitest";
import { addressesError, messageAt } from "./form-errors";

it("finds the message at a path, and nothing where there is none", () => {
  const errors = { expiry: { date: { type: "custom", message: "Choose a day." } } };
  expect(messageAt(errors, "expiry.date")).toBe("Choose a day.");
  expect(messageAt(errors, "expiry")).toBeUndefined();
  expect(messageAt(errors, "name")).toBeUndefined();
});

it("names the first wrong address, else says what is wrong with the list", () => {
  const wrong = { type: "custom", message: "Not an address." };
  const second: FieldErrors<{ allowedAddresses: string[] }> = {
    allowedAddresses: [undefined, wrong],
  };
  expect(addressesError(second, ["10.0.0.1", "home"])).toBe("“home”: Not an address.");
  const many = { allowedAddresses: { type: "custom", message: "Use at most 50 addresses." } };
  expect(addressesError(many, ["10.0.0.1"])).toBe("Use at most 50 addresses.");
  expect(addressesError({}, ["10.0.0.1"])).toBeUndefined();
});
