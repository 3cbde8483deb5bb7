import { expect, test } from "vitest";
import { isProblemCode, PROBLEM_CODES } from "@/lib/access/activity/problem-codes";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { exampleBody } from "@/lib/api/errors/examples";

const codes = PROBLEM_CODES;

test("the table has the codes in the order in which they are listed", () => {
  expect(Object.keys(PROBLEMS)).toEqual(PROBLEM_CODES);
});

test.each(codes)(
  "%s says what happened and what to do, and its title fits into a header",
  (code) => {
    const { status, title, explanation, remedy } = PROBLEMS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(explanation.length).toBeGreaterThan(30);
    expect(remedy.length).toBeGreaterThan(0);
    const body = JSON.parse(exampleBody(code, "https://keys.example.com"));
    expect(body).toMatchObject({ code, name: code, status, statusCode: status, title });
    expect(body.type).toBe(`https://keys.example.com/docs/errors/${code}`);
  },
);

test("only the codes of the table have a page", () => {
  for (const code of codes) expect(isProblemCode(code)).toBe(true);
  for (const text of ["", "nope", "toString", "__proto__", "NOT_FOUND"]) {
    expect(isProblemCode(text)).toBe(false);
  }
});
