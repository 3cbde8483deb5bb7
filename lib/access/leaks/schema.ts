import { z } from "zod";
import { isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import { ALERTS_MAX, FOUND_AT_MAX } from "@/lib/access/leaks/limits";
import { textWithoutSecrets } from "@/lib/platform/format/secret-text";
import { LeakPolicy } from "@/prisma/generated/enums";

const webUrl = z.url({ protocol: /^https?$/ }).max(FOUND_AT_MAX);

/** A report that somebody found a secret. Fields that this version does not know are ignored. */
export const leakReportInput = z.object({
  secret: z
    .string()
    .max(200)
    .refine(isWellFormedSecret, "This is no whole secret of Postern, or it is mistyped."),
  /** Where it was found; "" where nobody says. */
  url: z
    .string()
    .max(FOUND_AT_MAX, `At most ${FOUND_AT_MAX} characters.`)
    .refine((url) => url === "" || webUrl.safeParse(url).success, {
      message: "Give a URL that starts with https:// or http://, or leave it out.",
    })
    .nullish()
    .transform((url) => textWithoutSecrets(url ?? "")),
});

/**
 * A message of GitHub's secret scanning. A URL that is none is left out: the secret counts.
 * https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partner-program
 */
export const githubAlertsInput = z
  .array(
    z.object({
      token: z.string().max(1_000),
      type: z.string().max(200),
      url: webUrl
        .nullish()
        .catch(null)
        .transform((url) => textWithoutSecrets(url ?? "")),
    }),
  )
  .min(1)
  .max(ALERTS_MAX);
export type GithubAlerts = z.infer<typeof githubAlertsInput>;

/** What a report of a leak does to the keys of the workspace. */
export const leakPolicyInput = z.strictObject({ policy: z.enum(LeakPolicy) });
export type LeakPolicyInput = z.infer<typeof leakPolicyInput>;
