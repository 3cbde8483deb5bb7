import { expect, it } from "vitest";
import { firstCallSnippets } from "./snippets";

it("calls this app's own /me and never holds a secret", () => {
  for (const { code } of firstCallSnippets("https://keys.example.com")) {
    expect(code).toContain("https://keys.example.com/api/v1/me");
    expect(code).toContain("POSTERN_API_KEY");
    expect(code).not.toContain("pstn_");
  }
});

it("offers each language once, curl first", () => {
  const labels = firstCallSnippets("http://localhost:3000").map((snippet) => snippet.label);
  expect(labels).toEqual(["curl", "Node.js", "Python", "PHP"]);
});
