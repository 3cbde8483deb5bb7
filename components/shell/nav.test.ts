import { existsSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { creationAt, hrefIn } from "./destination";
import { creationsFor, navFor } from "./nav";

function hrefsFor(role: Parameters<typeof navFor>[0]) {
  return navFor(role).flatMap((group) => group.items.map((item) => item.href));
}

it.each(["owner", "admin"] as const)("shows the audit log to an %s", (role) => {
  expect(hrefsFor(role)).toContain("/settings/audit");
});

it.each(["marketer", "viewer"] as const)("hides the audit log from a %s", (role) => {
  expect(hrefsFor(role)).not.toContain("/settings/audit");
  expect(hrefsFor(role)).toContain("/settings/api-keys");
});

it.each([
  ["/campaigns", "/campaigns/new"],
  ["/campaigns/cmp_1", "/campaigns/new"],
  ["/audiences", "/audiences/new"],
  ["/settings/activity", "/settings/api-keys/new"],
])("c on %s leads to %s", (pathname, href) => {
  expect(creationAt(pathname, creationsFor("marketer"))?.href).toBe(href);
});

it("leads a viewer nowhere", () => {
  expect(creationAt("/campaigns", creationsFor("viewer"))).toBeNull();
});

it.each([
  ["test", "/contacts", "/contacts?environment=test"],
  ["test", "/campaigns/new", "/campaigns/new?environment=test"],
  ["test", "/settings/members", "/settings/members"],
  ["live", "/contacts", "/contacts"],
] as const)("in %s, %s is at %s", (environment, href, address) => {
  const places = [...navFor("owner").flatMap(({ items }) => items), ...creationsFor("owner")];
  const place = places.find((one) => one.href === href);
  expect(place && hrefIn(environment, place)).toBe(address);
});

/** The URLs of the console's pages that have no id in them, from their files. */
const PAGES = readdirSync("app/(console)", { recursive: true, encoding: "utf8" })
  .map((file) => `/${file}`)
  .filter((file) => file.endsWith("/page.tsx") && !file.includes("["))
  .map((file) => file.replace(/(\/\([a-z-]+\))?\/page\.tsx$/, ""));

it("leads to every page of the console", () => {
  const forms = creationsFor("owner").map(({ href }) => href);
  const inner = ["/settings/account", "/settings/notices", "/settings/security/review"];
  const reached = [...hrefsFor("owner"), ...forms, ...inner];
  expect(PAGES.length).toBeGreaterThan(10);
  expect(PAGES.filter((url) => !reached.some((href) => href === url))).toEqual([]);
});

it("leads to nothing that is not there", () => {
  for (const href of hrefsFor("owner").filter((one) => one !== "/docs/api")) {
    expect(PAGES).toContain(href);
  }
  expect(existsSync("app/docs/api/page.tsx")).toBe(true);
});
