import { afterEach, expect, test } from "vitest";
import { env } from "@/lib/platform/env";
import { reachOf, refusalOf } from "@/lib/platform/outgoing/reachable";

afterEach(() => {
  env().WEBHOOK_ALLOWED_HOSTS = [];
});

const refusal = (url: string) => refusalOf(new URL(url));

test.each([
  "https://crm.example.com/hooks",
  "https://93.184.215.14:8443/",
  "https://[2606:2800:21f::1]/",
])("%s may be sent to", (url) => {
  expect(refusal(url)).toBeNull();
});

test.each([
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://127.1/",
  "https://0/",
  "https://10.0.0.1/",
  "https://172.16.5.4/",
  "https://192.168.1.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://100.64.0.1/",
  "https://192.0.2.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[::127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[2001:0:7f00:1::]/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://[fec0::1]/",
  "https://[ff02::1]/",
  "https://[2001:db8::1]/",
  "https://localhost/",
  "https://LOCALHOST./",
  "https://crm.localhost/",
])("%s is inside a private network", (url) => {
  expect(refusal(url)).toContain("is inside a private network");
});

test.each([
  ["http://crm.example.com/", "Use https://"],
  ["ftp://crm.example.com/", "Use a URL that starts with https://"],
  ["https://me:secret@crm.example.com/", "Leave the user and password out"],
  ["https://crm.example.com:25/", "Port 25 is not used for webhooks"],
])("%s is refused: %s", (url, reason) => {
  expect(refusal(url)).toContain(reason);
});

test("a name reaches only those of its addresses that anybody could", () => {
  expect(reachOf("x.example", ["93.184.215.14", "10.0.0.1"])).toEqual({
    addresses: ["93.184.215.14"],
  });
  expect(reachOf("x.example", ["10.0.0.1"])).toEqual({
    refusal: expect.stringContaining(
      "x.example leads to 10.0.0.1, which is inside a private network",
    ),
  });
});

test("the operator allows hosts by name and by address, and only those", () => {
  env().WEBHOOK_ALLOWED_HOSTS = ["crm.internal", "10.0.0.7", "::1"];
  expect(refusal("http://crm.internal:25/")).toBeNull();
  expect(refusal("http://10.0.0.7:8080/")).toBeNull();
  expect(refusal("http://[::1]:8080/")).toBeNull();
  expect(refusal("http://10.0.0.8/")).not.toBeNull();
  expect(reachOf("crm.internal", ["10.9.9.9"])).toEqual({ addresses: ["10.9.9.9"] });
  expect(reachOf("x.example", ["10.0.0.7", "10.0.0.8"])).toEqual({ addresses: ["10.0.0.7"] });
});
