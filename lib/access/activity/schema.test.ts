import { expect, test } from "vitest";
import { activityQuery, isAddress, pathAsStored } from "@/lib/access/activity/schema";

test("an address is looked for as calls store it, however it is typed", () => {
  const address = (typed: string) => activityQuery.parse({ address: typed }).address;
  expect(address(" 203.0.113.7 ")).toBe("203.0.113.7");
  expect(address("2001:DB8:0::0007")).toBe("2001:db8::7");
  expect(address("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(address("203.0.113.7/32")).toBe("203.0.113.7");
  expect(address("fe80::1%eth0")).toBe("fe80::1");
  expect(address("no address")).toBe("no address");
  expect(address("")).toBeUndefined();
});

test("only one address is an address", () => {
  expect(isAddress("203.0.113.7")).toBe(true);
  expect(isAddress("203.0.113.0/24")).toBe(false);
  expect(isAddress("no address")).toBe(false);
});

test("a path is looked for as calls store it, however it is typed", () => {
  expect(pathAsStored("/contacts")).toBe("/contacts");
  expect(pathAsStored("contacts/ada")).toBe("/contacts/ada");
  expect(pathAsStored("/api/v1/contacts")).toBe("/contacts");
  expect(pathAsStored("api/v1")).toBe("/");
  expect(pathAsStored("/api/v10")).toBe("/api/v10");
});
