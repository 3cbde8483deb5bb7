import { expect, test } from "vitest";
import { EDGE_HEADER, edgeToken } from "@/lib/platform/edge/client-address";
import {
  cameThroughUnnamedProxy,
  UNNAMED_PROXY_HEADER,
  unnamedProxyOf,
} from "@/lib/platform/edge/unnamed-proxy";

test.each([
  [{}, [], false],
  [{ "x-forwarded-for": "203.0.113.7" }, [], true],
  [{ forwarded: "for=203.0.113.7" }, [], true],
  [{ "x-forwarded-proto": "https" }, ["192.0.2.0/24"], true],
  [{ "x-forwarded-for": "203.0.113.7" }, ["10.0.0.0/8"], false],
  [{}, ["10.0.0.0/8"], false],
])("a request with %j, where %j are trusted: %j", (headers, trusted, expected) => {
  expect(cameThroughUnnamedProxy(headers, "10.1.2.3", trusted)).toBe(expected);
});

test("only the edge says so to a page", () => {
  const headers = new Headers({ [UNNAMED_PROXY_HEADER]: "10.1.2.3" });
  expect(unnamedProxyOf(headers)).toBeNull();
  headers.set(EDGE_HEADER, edgeToken());
  expect(unnamedProxyOf(headers)).toBe("10.1.2.3");
});
