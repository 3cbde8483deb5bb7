import { expect, test } from "vitest";
import { readyLine } from "@/lib/platform/edge/ready-line";

const everywhere = (port: number) => ({ address: "::", family: "IPv6", port });

test("where the address has the port that it listens on, the address says it all", () => {
  expect(readyLine("http://localhost:3000", everywhere(3000))).toBe("Ready: http://localhost:3000");
  expect(readyLine("http://keys.example.com", everywhere(80))).toBe(
    "Ready: http://keys.example.com",
  );
});

test("behind a proxy and beside other processes it says where it listens too", () => {
  expect(readyLine("https://keys.example.com", everywhere(4301))).toBe(
    "Ready: https://keys.example.com (listening on [::]:4301)",
  );
  const local = { address: "127.0.0.1", family: "IPv4", port: 4302 };
  expect(readyLine("http://localhost:4301", local)).toBe(
    "Ready: http://localhost:4301 (listening on 127.0.0.1:4302)",
  );
});
