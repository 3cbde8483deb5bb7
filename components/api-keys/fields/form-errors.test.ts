import type { FieldErrors } from "react-hook-form";
import { expect, it } from "vitest";
import { addressesError, messageAt } from "./form-errors";

it("finds the message at a path, and nothing where there is none", () => {
  const errors = { expiry: { date: { type: "custom", message: "Choose a day." } } };
  expect(messageAt(errors, "expiry.date")).toBe("Choose a day.");
  expect(messageAt(errors, "expiry")).toBeUndefined();
  expect(messageAt(errors, "name")).toBeUndefined();
});

it("names the wrong addresses, else says what is wrong with the list", () => {
  const wrong = { type: "custom", message: "Not an address." };
  const errorsAt = (...places: number[]): FieldErrors<{ allowedAddresses: string[] }> => ({
    allowedAddresses: Array.from({ length: 9 }, (_, at) =>
      places.includes(at) ? wrong : undefined,
    ),
  });
  expect(addressesError(errorsAt(1), ["10.0.0.1", "home"])).toBe("“home”: Not an address.");
  expect(addressesError(errorsAt(0, 2), ["home", "10.0.0.1", "work"])).toBe(
    "“home”, “work”: Not an address.",
  );
  expect(addressesError(errorsAt(0, 1, 2, 3, 4, 5, 6), [..."abcdefg"])).toBe(
    "“a”, “b”, “c”, “d”, “e” and 2 more: Not an address.",
  );
  const many = { allowedAddresses: { type: "custom", message: "Use at most 50 addresses." } };
  expect(addressesError(many, ["10.0.0.1"])).toBe("Use at most 50 addresses.");
  expect(addressesError({}, ["10.0.0.1"])).toBeUndefined();
});
