import fc from "fast-check";
import { TypeID } from "typeid-js";
import { expect, test } from "vitest";
import { newId, newUuid, requestIdOf, timeOfUuid, uuidOfRequestId } from "@/lib/platform/ids";

test("a request id is its UUID as a TypeID, there and back", () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(requestIdOf(uuid)).toBe(TypeID.fromUUID("req", uuid).toString());
      expect(uuidOfRequestId(requestIdOf(uuid))).toBe(uuid);
    }),
  );
});

test("ids of one instant carry it, differ, and are of version 7", () => {
  const at = new Date("2026-11-23T12:00:00.123Z");
  const ids = Array.from({ length: 5_000 }, () => newUuid(at));
  expect(new Set(ids).size).toBe(5_000);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(timeOfUuid(id)).toEqual(at);
  }
});

test("ids made one after the other for the same moment keep their order", () => {
  const at = new Date("2026-11-23T14:02:40.118Z");
  const made = Array.from({ length: 1_000 }, () => newId("aud", at));
  expect(made.toSorted()).toEqual(made);
  expect(newId("aud", new Date(at.getTime() + 1)) > newId("aud", at)).toBe(true);
});
