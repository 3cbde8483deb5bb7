import { describe, expect, it } from "vitest";
import { prefillFrom } from "./new-key-prefill";
import { splitAddresses } from "./split-addresses";

describe("prefillFrom", () => {
  it("starts empty, live, and for 90 days without a link", () => {
    expect(prefillFrom({})).toEqual({
      values: {
        useCase: undefined,
        name: "",
        description: "",
        scopes: [],
        environment: "live",
        expiry: { kind: "days", days: 90 },
        allowedAddresses: [],
      },
      ignored: [],
    });
  });

  it("fills in what a link asks for, and takes its scopes over the use case's", () => {
    const { values, ignored } = prefillFrom({
      use: "crm-sync",
      name: "HubSpot",
      scopes: "contacts:read",
      environment: "test",
      expires: "30",
      addresses: "203.0.113.7, 2001:db8::/32",
    });
    expect(values).toMatchObject({
      useCase: "crm-sync",
      name: "HubSpot",
      scopes: ["contacts:read"],
      environment: "test",
      expiry: { kind: "days", days: 30 },
      allowedAddresses: ["203.0.113.7", "2001:db8::/32"],
    });
    expect(ignored).toEqual([]);
  });

  it("takes the least scopes of a use case that comes alone", () => {
    expect(prefillFrom({ use: "analytics" }).values.scopes).toEqual([
      "emails:read",
      "campaigns:read",
      "events:read",
    ]);
  });

  it("calls scopes without a use case custom", () => {
    expect(prefillFrom({ scopes: "contacts:read emails:send" }).values).toMatchObject({
      useCase: "custom",
      scopes: ["contacts:read", "emails:send"],
    });
  });

  it.each([
    [{ use: "world-domination" }, ["use “world-domination”"]],
    [{ scopes: "contacts:read,contacts:fly,*" }, ["scopes “contacts:fly”", "scopes “*”"]],
    [{ scopes: "CONTACTS:READ" }, ["scopes “CONTACTS:READ”"]],
    [{ environment: "prod" }, ["environment “prod”"]],
    [{ expires: "9999" }, ["expires “9999”"]],
    [{ expires: "2026-02-30" }, ["expires “2026-02-30”"]],
    [{ name: ["A", "B"] }, ["name “A,B”"]],
    [{ name: "x".repeat(81) }, [`name “${"x".repeat(80)}”`]],
    [{ name: "a\0b" }, ["name “a\0b”"]],
  ])("leaves out and names what means nothing: %j", (search, ignored) => {
    expect(prefillFrom(search).ignored).toEqual(ignored);
  });

  it("does not mind parameters of other people's making", () => {
    expect(prefillFrom({ utm_source: "newsletter", name: "" }).ignored).toEqual([]);
  });
});

it("splits addresses at whatever people put between them", () => {
  expect(splitAddresses(" 10.0.0.1,10.0.0.2;\n\n2001:db8::/32\t10.0.0.3 ")).toEqual([
    "10.0.0.1",
    "10.0.0.2",
    "2001:db8::/32",
    "10.0.0.3",
  ]);
  expect(splitAddresses("  \n ")).toEqual([]);
});
