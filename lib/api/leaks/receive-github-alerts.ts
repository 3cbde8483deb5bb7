import { takeGithubAlerts } from "@/lib/access/leaks/github-alerts";
import { isSignedByGithub } from "@/lib/access/leaks/github-signature";
import { countReport } from "@/lib/access/leaks/report-limit";
import { githubAlertsInput } from "@/lib/access/leaks/schema";
import { type Problem, problem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import { parseJson, receiveJson } from "@/lib/api/gate/read-body";
import { checkBody } from "@/lib/api/gate/validate";
import { tooManyReports } from "@/lib/api/leaks/receive-report";
import { type Answer, json } from "@/lib/api/routes/route";
import { LEAK_PATHS } from "@/lib/platform/edge/api-prefix";

const ROUTE = { method: "POST", path: LEAK_PATHS.github, maxBodyBytes: 262_144 } as const;

/**
 * Answers `POST /api/leaks/github`: a message of GitHub's secret scanning. Without GitHub's signature over exactly its
 * bytes nothing in it is looked at.
 */
export async function receiveGithubAlerts({
  request,
  address,
  at,
}: Exchange): Promise<Answer | Problem> {
  const seconds = await countReport("github", address);
  if (seconds !== null) return tooManyReports(seconds);
  const received = await receiveJson(request, ROUTE);
  if ("refused" in received) return received.refused;
  const signed = await isSignedByGithub(request.headers, Buffer.concat(received.chunks), at);
  if (!signed) return unsigned();
  const parsed = await parseJson(received, ROUTE);
  if ("refused" in parsed) return parsed.refused;
  const alerts = checkBody(githubAlertsInput, parsed.value);
  if ("refused" in alerts) return alerts.refused;
  return json(200, await takeGithubAlerts(alerts.value, at));
}

function unsigned(): Problem {
  return problem(
    "invalid_signature",
    "The body does not carry GitHub's signature. Anybody can report a leaked key at POST /api/leaks/report.",
  );
}
