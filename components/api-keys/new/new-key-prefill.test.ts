import { describe, expect, it } from "vitest";
import { splitAddresses } from "../fields/split-addresses";
import { prefillFrom } from "./new-key-prefill";

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
      leftOut: [],
    });
  });

  it("fills in what a link asks for, and takes its scopes over the use case's", () => {
    const { values, leftOut } = prefillFrom({
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
    expect(leftOut).toEqual([]);
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
    [{ use: "world-domination" }, ["the use case “world-domination” does not exist"]],
    [
      { scopes: "contacts:read,contacts:fly,*" },
      ["the permission “contacts:fly” does not exist", "the permission “*” does not exist"],
    ],
    [{ scopes: "CONTACTS:READ" }, ["the permission “CONTACTS:READ” does not exist"]],
    [{ environment: "prod" }, ["the environment “prod” does not exist"]],
    [{ expires: "9999" }, ["the expiry “9999” does not exist"]],
    [{ expires: "2026-02-30" }, ["the expiry “2026-02-30” does not exist"]],
    [{ name: ["A", "B"] }, ["the name is given more than once"]],
    [{ name: "x".repeat(81) }, ["the name is longer than 80 characters"]],
    [{ description: "x".repeat(501) }, ["the description is longer than 500 characters"]],
    [{ name: "a\0b" }, ["the name has characters that cannot be stored"]],
    [{ addresses: "1.1.1.1,".repeat(51) }, ["there are more than 50 IP addresses"]],
    [{ use: "x".repeat(90) }, [`the use case “${"x".repeat(80)}…” does not exist`]],
  ])("leaves out what cannot be used, and says why: %j", (search, leftOut) => {
    expect(prefillFrom(search).leftOut).toEqual(leftOut);
  });

  it.each([{ scopes: "" }, { scopes: " , " }, { name: " " }])(
    "takes an empty part as none: %j",
    (search) => {
      expect(prefillFrom(search)).toEqual(prefillFrom({}));
    },
  );

  it("does not mind parameters of other people's making", () => {
    expect(prefillFrom({ utm_source: "newsletter", name: "" }).leftOut).toEqual([]);
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
