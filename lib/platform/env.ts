import { z } from "zod";
import { parseAddressBlock } from "@/lib/platform/address-blocks";

const flag = z
  .enum(["true", "false", "1", "0"])
  .default("false")
  .transform((value) => value === "true" || value === "1");

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined);

const secret = optionalText.refine((given) => !given || given.length >= 32, {
  message: "must have at least 32 characters (try: openssl rand -base64 33)",
});
const optionalUrl = optionalText.refine(
  (url) => !url || z.url({ protocol: /^https?$/ }).safeParse(url).success,
  { message: "must be a URL that starts with https:// or http://" },
);

const environmentSchema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: optionalText,
    DATABASE_URL: optionalText.refine((url) => !url || /^postgres(ql)?:\/\//.test(url), {
      message: "must start with postgres:// or postgresql://",
    }),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
    REDIS_URL: optionalText
      .transform((list) => list?.split(",").map((url) => url.trim()))
      .refine((urls) => !urls || urls.every((url) => /^rediss?:\/\/[^/?#]/.test(url)), {
        message:
          "must start with redis:// or rediss:// and name a server, or several, comma-separated",
      }),
    DATA_DIR: z.string().trim().min(1).default(".data"),
    AUTH_SECRET: secret,
    AUTH_SECRET_PREVIOUS: secret,
    APP_URL: optionalText.refine((url) => !url || /^https?:\/\/[^/]+$/.test(url), {
      message: "must be an origin such as https://keys.example.com, without a path",
    }),
    ALLOW_SIGNUP: flag,
    TRUSTED_PROXIES: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((entry) => entry.trim())
          .filter(Boolean),
      )
      .superRefine((entries, context) => {
        const wrong = entries.find((entry) => !parseAddressBlock(entry));
        if (wrong)
          context.addIssue({
            code: "custom",
            message: `${wrong} is not an address or a CIDR block`,
          });
      }),
    SMTP_URL: optionalText.refine((url) => !url || /^smtps?:\/\/[^/?#]/.test(url), {
      message: "must start with smtp:// or smtps:// and name a server",
    }),
    MAIL_FROM: optionalText.refine((email) => !email || z.email().safeParse(email).success, {
      message: "must be an email such as postern@example.com",
    }),
    WEBHOOK_ALLOWED_HOSTS: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((entry) =>
            entry
              .trim()
              .toLowerCase()
              .replace(/^\[|\]$/g, ""),
          )
          .filter(Boolean),
      )
      .superRefine((entries, context) => {
        const wrong = entries.find((entry) => /[/?#@\s*]/.test(entry));
        if (wrong)
          context.addIssue({
            code: "custom",
            message: `${wrong} is not a host or an address: name it without https:// and without a path`,
          });
      }),
    GITHUB_SECRET_SCANNING_KEYS_URL: optionalUrl.transform(
      (url) => url ?? "https://api.github.com/meta/public_keys/secret_scanning",
    ),
    METRICS_TOKEN: optionalText.refine((token) => !token || /^[!-~]{16,}$/.test(token), {
      message: "must have at least 16 characters and no spaces (try: openssl rand -hex 24)",
    }),
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    SHUTDOWN_DELAY_SECONDS: z.coerce.number().int().min(0).max(60).default(0),
    OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optionalUrl,
    SPOOL_SYNC: z.enum(["always", "100ms", "off"]).default("off"),
    ACTIVITY_RETENTION_MONTHS: z.coerce.number().int().min(1).max(120).default(13),
    LOG_LEVEL: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
      .default("info"),
  })
  .superRefine((settings, context) => {
    if (settings.METRICS_PORT && settings.METRICS_PORT === settings.PORT) {
      context.addIssue({
        code: "custom",
        path: ["METRICS_PORT"],
        message:
          "must be another port than PORT (set METRICS_TOKEN alone to have the metrics on PORT)",
      });
    }
    if (settings.NODE_ENV === "production" && settings.DATABASE_URL && !settings.AUTH_SECRET) {
      context.addIssue({
        code: "custom",
        path: ["AUTH_SECRET"],
        message: "is required in production with DATABASE_URL (try: openssl rand -base64 33)",
      });
    }
    if (settings.AUTH_SECRET && settings.AUTH_SECRET === settings.AUTH_SECRET_PREVIOUS) {
      context.addIssue({
        code: "custom",
        path: ["AUTH_SECRET_PREVIOUS"],
        message: "is the same as AUTH_SECRET: give AUTH_SECRET a new one",
      });
    }
    if (settings.NODE_ENV === "production" && settings.SMTP_URL && !settings.APP_URL) {
      context.addIssue({
        code: "custom",
        path: ["APP_URL"],
        message:
          "is required in production with SMTP_URL: the links in emails would lead to localhost (set it to where people reach Postern, such as https://keys.example.com)",
      });
    }
  });

/** The settings Postern runs with. `.env.example` lists and explains them. */
export type Env = z.infer<typeof environmentSchema>;

/** Thrown at start when a setting is wrong; the message names every wrong one. */
export class InvalidSettingsError extends Error {}

/**
 * The settings in `source`, checked; an empty one counts as not given. Throws `InvalidSettingsError` with one line per wrong setting.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== "");
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new InvalidSettingsError(
    `These settings need mending (see .env.example):\n${lines.join("\n")}`,
  );
}

let settings: Env | undefined;

/** The settings of this process, read once from its environment. */
export function env(): Env {
  settings ??= parseEnv(process.env);
  return settings;
}

/**
 * The secrets whose signatures and encryption this process accepts. The first one signs and encrypts. None where the
 * settings name none, as in a process that has not made one yet.
 */
export function authSecrets(): readonly string[] {
  const { AUTH_SECRET, AUTH_SECRET_PREVIOUS } = env();
  return [AUTH_SECRET, AUTH_SECRET_PREVIOUS].filter((one) => one !== undefined);
}

/** Gives this process a secret that no setting names. Pages load modules of their own, which read the environment. */
export function holdSecret(name: "AUTH_SECRET" | "AUTH_SECRET_PREVIOUS", secret: string): void {
  env()[name] = secret;
  process.env[name] = secret;
}
