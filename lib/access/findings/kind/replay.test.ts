import { expect, test } from "vitest";
import { replay } from "@/lib/access/findings/kind/replay";
import { routeUse } from "@/lib/testing/key-facts";

const list = routeUse("GET /contacts", ["contacts:read"], 1_200);
const change = routeUse("PATCH /contacts/:id", ["contacts:write"], 3);
const both = routeUse("GET /audiences/:id/contacts", ["audiences:read", "contacts:read"], 1);

test("calls are refused that lack one of their permissions", () => {
  const routes = [list, change, both];
  expect(replay(routes, ["contacts:read", "contacts:write", "audiences:read"])).toEqual({
    calls: 1_204,
    refused: 0,
    refusedRoutes: [],
  });
  expect(replay(routes, ["contacts:read"])).toEqual({
    calls: 1_204,
    refused: 4,
    refusedRoutes: [change, both],
  });
});
