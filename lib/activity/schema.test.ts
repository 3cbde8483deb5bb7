import { expect, test } from "vitest";
import { activityQuery } from "@/lib/activity/schema";

test("an address is looked for as calls store it, however it is typed", () => {
  const address = (typed: string) => activityQuery.parse({ address: typed }).address;
  expect(address(" 203.0.113.7 ")).toBe("203.0.113.7");
  expect(address("2001:DB8:0::0007")).toBe("2001:db8::7");
  expect(address("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(address("no address")).toBe("no address");
  expect(address("")).toBeUndefined();
});
