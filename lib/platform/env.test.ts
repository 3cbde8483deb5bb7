import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEnv } from "@/lib/platform/env";

test("nothing set is a complete set of settings", () => {
  expect(parseEnv({})).toMatchObject({ PORT: 3000, DATA_DIR: ".data", ALLOW_SIGNUP: false });
  expect(parseEnv({ PORT: "", APP_URL: "" })).toMatchObject({ PORT: 3000 });
});

test("one error names every wrong setting", () => {
  const wrong = { PORT: "99999", DATABASE_URL: "mysql://x", TRUSTED_PROXIES: "10.0.0.0/8, home" };
  expect(() => parseEnv(wrong)).toThrow(/PORT.*DATABASE_URL.*TRUSTED_PROXIES: home is not/s);
});

test.each(["mail.example.com", "http://mail.example.com", "smtp://", "smtp:///x"])(
  "%j is no mail server",
  (SMTP_URL) => {
    expect(() => parseEnv({ SMTP_URL })).toThrow(/SMTP_URL: must start with smtp/);
  },
);

test("metrics have a token worth the name, and a port of their own", () => {
  expect(() => parseEnv({ METRICS_TOKEN: "short" })).toThrow(
    /METRICS_TOKEN: must have at least 16/,
  );
  expect(() => parseEnv({ METRICS_PORT: "3000" })).toThrow(/METRICS_PORT: must be another port/);
  expect(parseEnv({ METRICS_PORT: "0", PORT: "0" })).toMatchObject({ METRICS_PORT: 0 });
  expect(parseEnv({ METRICS_PORT: "" }).METRICS_PORT).toBeUndefined();
});

test.each(["localhost:6379", "http://redis.example.com", "redis://", "redis://a,b"])(
  "%j is no Redis",
  (REDIS_URL) => {
    expect(() => parseEnv({ REDIS_URL })).toThrow(/REDIS_URL: must start with redis/);
  },
);

test("a list of nodes is a cluster's", () => {
  const { REDIS_URL } = parseEnv({ REDIS_URL: "rediss://a:6379, rediss://b:6379" });
  expect(REDIS_URL).toEqual(["rediss://a:6379", "rediss://b:6379"]);
});

test("production on a real database wants a secret of its own", () => {
  const production = { NODE_ENV: "production", DATABASE_URL: "postgres://x/y" };
  expect(() => parseEnv(production)).toThrow(/AUTH_SECRET: is required/);
  expect(() => parseEnv({ ...production, AUTH_SECRET: "short" })).toThrow(/at least 32/);
  expect(parseEnv({ ...production, AUTH_SECRET: "x".repeat(32) }).AUTH_SECRET).toHaveLength(32);
});

test("a secret and the one before it are two", () => {
  const AUTH_SECRET = "x".repeat(32);
  expect(() => parseEnv({ AUTH_SECRET, AUTH_SECRET_PREVIOUS: AUTH_SECRET })).toThrow(
    /AUTH_SECRET_PREVIOUS: is the same as AUTH_SECRET/,
  );
  expect(() => parseEnv({ AUTH_SECRET, AUTH_SECRET_PREVIOUS: "short" })).toThrow(
    /AUTH_SECRET_PREVIOUS: must have at least 32/,
  );
});

test("production that sends mail says where its links lead", () => {
  const production = { NODE_ENV: "production", SMTP_URL: "smtp://mail.example.com" };
  for (const APP_URL of [undefined, "", " "]) {
    expect(() => parseEnv({ ...production, APP_URL })).toThrow(
      /APP_URL: is required in production with SMTP_URL: the links in emails would lead to localhost/,
    );
  }
  const APP_URL = "https://keys.example.com";
  expect(parseEnv({ ...production, APP_URL })).toMatchObject({ APP_URL });
  expect(parseEnv({ ...production, NODE_ENV: "development" }).APP_URL).toBeUndefined();
  expect(parseEnv({ NODE_ENV: "production" }).SMTP_URL).toBeUndefined();
});

test("every setting is listed in .env.example, and nothing else is", () => {
  const listed = readFileSync(".env.example", "utf8").matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm);
  const names = [...listed].map(([, name]) => name).sort();
  const known = Object.keys(
    parseEnv({
      DATABASE_URL: "postgres://x/y",
      AUTH_SECRET: "x".repeat(32),
      AUTH_SECRET_PREVIOUS: "y".repeat(32),
      APP_URL: "http://x",
      HOST: "::1",
      REDIS_URL: "redis://x",
      SMTP_URL: "smtps://user:p%40ss@mail.example.com",
      MAIL_FROM: "postern@example.com",
      METRICS_TOKEN: "x".repeat(16),
      METRICS_PORT: "9464",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://localhost:4318/v1/traces",
    }),
  );
  expect(names).toEqual(known.filter((name) => name !== "NODE_ENV").sort());
});
