import fc from "fast-check";
import { expect, test } from "vitest";
import { generateSecret, hintOf } from "@/lib/access/api-keys/key/secret";
import { holdsSecret, secretsAsHints, textWithoutSecrets } from "@/lib/platform/format/secret-text";
import { cpuMs } from "@/lib/testing/cpu-time";

const secret = generateSecret("live");
const random = secret.slice("pstn_live_".length);

test("nothing of a key is left, whatever stands around it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = `${before}${secret}${after}`;
      expect(textWithoutSecrets(text)).not.toContain(random.slice(0, 20));
      expect(holdsSecret(text)).toBe(true);
    }),
  );
  for (const glued of [`a${secret}`, `_${secret}_`, `${secret}x`, `"${secret}"`, secret + secret]) {
    expect(textWithoutSecrets(glued)).not.toContain(random);
  }
  expect(textWithoutSecrets(secret.toUpperCase())).not.toContain(random.toUpperCase());
});

test("a key without its last characters goes too: the checksum can be worked out", () => {
  expect(textWithoutSecrets(secret.slice(0, -6))).toBe("pstn_live_redacted");
});

test("a hint and other text stay as they are", () => {
  for (const text of [hintOf("live", "x7Qd"), "pstn_live_short", "HubSpot sync", ""]) {
    expect(textWithoutSecrets(text)).toBe(text);
    expect(holdsSecret(text)).toBe(false);
  }
});

test("a pasted key becomes the hint that people know it by", () => {
  expect(secretsAsHints(`my ${secret} key`)).toBe(`my ${hintOf("live", secret.slice(-4))} key`);
});

const nearMiss = `pstn_live_${"a".repeat(37)}_`;
test.each(["a", "_", "pstn_", "pstn_live_", "pstn_live_12345678901", nearMiss])(
  "100 000 characters of %s take no time",
  (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    const took = cpuMs(() => {
      for (const long of [text, `pstn_live_${text}`, `${text}_live_`]) {
        textWithoutSecrets(long);
        secretsAsHints(long);
        holdsSecret(long);
      }
    });
    expect(took).toBeLessThan(500);
  },
);
