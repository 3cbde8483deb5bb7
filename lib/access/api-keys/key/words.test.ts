import { describe, expect, it } from "vitest";
import { SCOPES } from "../../../people/auth/scopes";
import { presetScopes } from "./presets";
import { abilitiesOf, reachOf } from "./words";

describe("abilitiesOf", () => {
  it("says what a CRM sync can do, and that it cannot send", () => {
    expect(abilitiesOf(presetScopes("crm-sync"))).toEqual({
      can: ["See and change contacts", "See audiences"],
      cannot: [
        "Can't send anything to anyone",
        "Can't read campaign results",
        "Can't reach templates, events or webhooks",
      ],
    });
  });

  it("warns of nothing when a key may do everything", () => {
    expect(abilitiesOf(SCOPES).cannot).toEqual([]);
    expect(abilitiesOf(SCOPES).can).toHaveLength(7);
  });

  it("can do nothing without a scope", () => {
    const { can, cannot } = abilitiesOf([]);
    expect(can).toEqual([]);
    expect(cannot).toContain("Can't see or change contacts");
    expect(cannot).toContain("Can't reach audiences, templates, events or webhooks");
  });

  it.each([
    [["emails:send"], "Can't send campaigns"],
    [["campaigns:send"], "Can't send single emails"],
    [["contacts:read"], "Can't change or delete contacts"],
    [["contacts:write"], "Can't look contacts up"],
  ] as const)("%s: %s", (scopes, sentence) => {
    expect(abilitiesOf(scopes).cannot).toContain(sentence);
  });

  it("has words for every scope alone", () => {
    for (const scope of SCOPES) expect(abilitiesOf([scope]).can).toHaveLength(1);
  });
});

describe("reachOf", () => {
  it.each([
    [
      ["contacts:read", "contacts:write", "audiences:read"],
      "Contacts, audiences",
      "read and change",
    ],
    [["emails:send"], "Emails", "send"],
    [["events:write", "contacts:read"], "Contacts, events", "read and record"],
    [[], "", ""],
  ] as const)("%s", (scopes, resources, actions) => {
    expect(reachOf(scopes)).toEqual({ resources, actions });
  });
});
