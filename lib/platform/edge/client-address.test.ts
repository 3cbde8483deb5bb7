import { expect, test } from "vitest";
import {
  addressOfRequest,
  clientAddress,
  EDGE_HEADER,
  edgeToken,
} from "@/lib/platform/edge/client-address";

test.each([
  [
    "no proxies are trusted: the header is the caller's claim",
    "198.51.100.1",
    "203.0.113.7",
    [],
    "198.51.100.1",
  ],
  ["a mapped IPv4 address has one spelling", "::ffff:198.51.100.1", undefined, [], "198.51.100.1"],
  [
    "a stranger's header is not believed",
    "198.51.100.1",
    "203.0.113.7",
    ["10.0.0.0/8"],
    "198.51.100.1",
  ],
  ["a trusted proxy's is", "10.0.0.2", "203.0.113.7", ["10.0.0.0/8"], "203.0.113.7"],
  [
    "the right-most untrusted hop counts",
    "10.0.0.2",
    "1.2.3.4, 203.0.113.7, 10.0.0.9",
    ["10.0.0.0/8"],
    "203.0.113.7",
  ],
  ["garbage ends the walk", "10.0.0.2", "203.0.113.7, nonsense", ["10.0.0.0/8"], "10.0.0.2"],
  ["no odd spelling is guessed at", "10.0.0.2", "0xcb007107", ["10.0.0.0/8"], "10.0.0.2"],
  ["nor an octal one", "10.0.0.2", "0313.0.0161.07", ["10.0.0.0/8"], "10.0.0.2"],
  ["nor one number", "10.0.0.2", "3405803783", ["10.0.0.0/8"], "10.0.0.2"],
  ["only proxies: the farthest one", "10.0.0.2", "10.0.0.4, 10.0.0.3", ["10.0.0.0/8"], "10.0.0.4"],
  ["IPv6 proxies", "2001:db8::1", "2001:db8:ffff::7", ["2001:db8::/48"], "2001:db8:ffff::7"],
  ["a single address as proxy", "127.0.0.1", "203.0.113.7", ["127.0.0.1"], "203.0.113.7"],
  ["IPv4 has no zones", "10.0.0.2", "203.0.113.7%eth0", ["10.0.0.0/8"], "10.0.0.2"],
  ["nothing long is looked at", "10.0.0.2", "::%".repeat(9_000), ["10.0.0.0/8"], "10.0.0.2"],
  ["a zone id is left out", "fe80::1%eth0", undefined, [], "fe80::1"],
  [
    "proxies named as IPv4 in IPv6",
    "10.0.0.2",
    "203.0.113.7",
    ["::ffff:10.0.0.0/104"],
    "203.0.113.7",
  ],
  ["no socket", undefined, "203.0.113.7", ["10.0.0.0/8"], "unknown"],
])("%s", (_, socket, forwarded, trusted, expected) => {
  expect(clientAddress(socket, forwarded, trusted)).toBe(expected);
});

test("without the edge's proof and without named proxies nobody's address is believed", () => {
  const spoofed = new Request("http://x/", { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect(addressOfRequest(spoofed)).toBe("unknown");
  const wrong = new Request("http://x/", {
    headers: { "x-forwarded-for": "203.0.113.7", [EDGE_HEADER]: "guess" },
  });
  expect(addressOfRequest(wrong)).toBe("unknown");
});

test("the edge's word is taken", () => {
  const request = new Request("http://x/", {
    headers: { "x-forwarded-for": "203.0.113.7", [EDGE_HEADER]: edgeToken() },
  });
  expect(addressOfRequest(request)).toBe("203.0.113.7");
});
