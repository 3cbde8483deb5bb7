import { hashSecret, isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import type { GithubAlerts } from "@/lib/access/leaks/schema";
import { takeReports } from "@/lib/access/leaks/take-reports";
import { reader } from "@/lib/platform/database/unit-of-work";

/** What GitHub learns of one secret that it found, in the names of its protocol. */
export type AlertLabel = {
  token_raw: string;
  token_type: string;
  label: "true_positive" | "false_positive";
};

/**
 * Takes a message of GitHub's secret scanning in, whose signature was checked. Says of each secret whether it is one,
 * and has those dealt with.
 */
export async function takeGithubAlerts(alerts: GithubAlerts, now: Date): Promise<AlertLabel[]> {
  const hashes = new Map(
    alerts.flatMap(({ token }) => (isWellFormedSecret(token) ? [[token, hashSecret(token)]] : [])),
  );
  const known = await reader().apiKeySecret.findMany({
    where: { hash: { in: [...hashes.values()] } },
    select: { hash: true },
  });
  const ours = new Set(known.map(({ hash }) => hash));
  const isOurs = (token: string) => ours.has(hashes.get(token) ?? "");
  const found = alerts.filter(({ token }) => isOurs(token));
  if (found.length > 0) {
    await takeReports(
      found.map(({ token: secret, url }) => ({ secret, url })),
      "github",
      now,
    );
  }
  return alerts.map(({ token, type }) => ({
    token_raw: token,
    token_type: type,
    label: isOurs(token) ? "true_positive" : "false_positive",
  }));
}
