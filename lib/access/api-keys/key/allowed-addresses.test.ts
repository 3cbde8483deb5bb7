import { BlockList, isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addedBlocks,
  addressAllowed,
  canonicalBlock,
} from "@/lib/access/api-keys/key/allowed-addresses";

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();
const ipv4Block = fc.tuple(ipv4, fc.integer({ min: 0, max: 32 }));
const ipv6Block = fc.tuple(ipv6, fc.integer({ min: 0, max: 128 }));

test.each([
  ["203.0.113.7", "203.0.113.7"],
  [" 203.0.113.7 ", "203.0.113.7"],
  ["203.0.113.7/32", "203.0.113.7"],
  ["203.0.113.7/24", "203.0.113.0/24"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:db8:0:0:0:0:0:1/128", "2001:db8::1"],
  ["2001:db8:ffff::/32", "2001:db8::/32"],
  ["::", "::"],
  ["::1", "::1"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7/120", "203.0.113.0/24"],
  ["::ffff:0:0/96", "0.0.0.0/0"],
  ["::10.1.2.3", "::a01:203"],
  ["::10.0.0.0/104", "::a00:0/104"],
  ["64:ff9b::10.1.2.3", "64:ff9b::a01:203"],
  ["2001:db8::10.1.2.3", "2001:db8::a01:203"],
  ["0:0:0:0:0:0:10.1.2.3", "::a01:203"],
])("%s is stored as %s", (text, canonical) => {
  expect(canonicalBlock(text)).toBe(canonical);
});

test.each([
  "",
  "localhost",
  "example.com",
  "010.0.0.1",
  "10.0.0.01",
  "0x7f.1",
  "0x7f.0.0.1",
  "0x7f000001",
  "2130706433",
  "127.1",
  "10.0.0",
  "10.0.0.0.1",
  "256.0.0.1",
  "1.2.3.4.",
  "1.2.3.-4",
  "1.2.3.4/33",
  "1.2.3.4/-1",
  "1.2.3.4/024",
  "1.2.3.4/",
  "1.2.3.4/24/8",
  "1.2.3.4/255.255.255.0",
  "1.2.3.4:80",
  "1.2.3.4, 5.6.7.8",
  "1.2.3.4 5.6.7.8",
  "１.2.3.4",
  "fe80::1%eth0",
  "fe80::1%25eth0",
  "[::1]",
  ":::",
  "1::2::3",
  "12345::",
  "::ffff:010.0.0.1",
  "::ffff:1.2.3",
  "::ffff:1.2.3.4/95",
  "2001:db8::/129",
  "::1\n::2",
  `${"0".repeat(60)}::1`,
])("%j is refused", (text) => {
  expect(canonicalBlock(text)).toBeNull();
});

test("whatever Node takes for a plain address is taken, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(ipv4, ipv6, fc.string(), fc.stringMatching(/^[0-9a-fx.:%/]{0,20}$/)),
      (text) => {
        const plain = !text.includes("/") && text === text.trim();
        fc.pre(plain);
        const known = isIPv4(text) || (isIPv6(text) && !text.includes("%"));
        expect(canonicalBlock(text) !== null).toBe(known);
      },
    ),
  );
});

test("a canonical spelling is its own canonical spelling", () => {
  fc.assert(
    fc.property(fc.oneof(ipv4Block, ipv6Block), ([address, prefix]) => {
      const canonical = canonicalBlock(`${address}/${prefix}`);
      fc.pre(canonical !== null);
      expect(canonicalBlock(canonical)).toBe(canonical);
    }),
  );
});

test("a block lets in exactly the addresses Node's own block list lets in", () => {
  fc.assert(
    fc.property(ipv4Block, ipv4, ([base, prefix], caller) => {
      const oracle = new BlockList();
      oracle.addSubnet(base, prefix, "ipv4");
      const allowed = [canonicalBlock(`${base}/${prefix}`) ?? ""];
      expect(addressAllowed(allowed, caller)).toBe(oracle.check(caller, "ipv4"));
      expect(addressAllowed(allowed, `::ffff:${caller}`)).toBe(oracle.check(caller, "ipv4"));
      expect(addressAllowed(allowed, base)).toBe(true);
    }),
  );
});

test("an IPv6 block lets in its own addresses, and no IPv4 caller", () => {
  fc.assert(
    fc.property(ipv6Block, ipv4, ([base, prefix], caller) => {
      const canonical = canonicalBlock(`${base}/${prefix}`);
      fc.pre(canonical?.includes(":") === true);
      expect(addressAllowed([canonical ?? ""], base)).toBe(true);
      expect(addressAllowed([canonical ?? ""], caller)).toBe(false);
    }),
  );
});

test("a caller who is no address is kept out by any limit, and let in without one", () => {
  for (const caller of ["unknown", "", "fe80::1%eth0", "203.0.113.0/24", "0.0.0.0/0"]) {
    expect(addressAllowed(["0.0.0.0/0", "::/0"], caller)).toBe(false);
    expect(addressAllowed([], caller)).toBe(true);
  }
});

test("added blocks are those that some address gets through only now", () => {
  expect(addedBlocks([], ["203.0.113.0/24"])).toEqual([]);
  expect(addedBlocks(["203.0.113.0/24"], ["203.0.113.7"])).toEqual([]);
  expect(addedBlocks(["203.0.113.7"], ["203.0.113.0/24"])).toEqual(["203.0.113.0/24"]);
  expect(addedBlocks(["203.0.113.7"], ["203.0.113.7", "::1"])).toEqual(["::1"]);
  expect(addedBlocks(["::/0"], ["203.0.113.7"])).toEqual(["203.0.113.7"]);
});

test.each(["::10.1.2.3", "::a01:203", "64:ff9b::10.1.2.3", "2002:a01:203::", "::ffff:0:10.1.2.3"])(
  "%s is no IPv4 address, whatever its tail says",
  (caller) => {
    expect(addressAllowed(["10.0.0.0/8", "0.0.0.0/0"], caller)).toBe(false);
    expect(addressAllowed(["::/0"], caller)).toBe(true);
  },
);

test("an IPv4 address written as IPv6 is one", () => {
  expect(addressAllowed(["10.0.0.0/8"], "::ffff:10.1.2.3")).toBe(true);
  expect(addressAllowed(["::/0"], "::ffff:10.1.2.3")).toBe(false);
});
