import { countReport } from "@/lib/access/leaks/report-limit";
import { leakReportInput } from "@/lib/access/leaks/schema";
import { takeReports } from "@/lib/access/leaks/take-reports";
import { type Problem, passingProblem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import { parseJson, receiveJson } from "@/lib/api/gate/read-body";
import { checkBody } from "@/lib/api/gate/validate";
import type { Answer } from "@/lib/api/routes/route";
import { LEAK_PATHS } from "@/lib/platform/edge/api-prefix";

const ROUTE = { method: "POST", path: LEAK_PATHS.report, maxBodyBytes: 16_384 } as const;
const RECEIVED: Answer = { status: 202, json: JSON.stringify({ status: "received" }) };

/**
 * Answers `POST /api/leaks/report`: anybody who holds a secret may report it, since the secret is the proof. Every
 * well-formed secret gets the same answer by the same work, whether anybody has it or not.
 */
export async function receiveReport({ request, address, at }: Exchange): Promise<Answer | Problem> {
  const seconds = await countReport("anybody", address);
  if (seconds !== null) return tooManyReports(seconds);
  const received = await receiveJson(request, ROUTE);
  if ("refused" in received) return received.refused;
  const parsed = await parseJson(received, ROUTE);
  if ("refused" in parsed) return parsed.refused;
  const input = checkBody(leakReportInput, parsed.value);
  if ("refused" in input) return input.refused;
  await takeReports([input.value], "anybody", at);
  return RECEIVED;
}

/** The problem for a network that sends too many reports. */
export function tooManyReports(seconds: number): Problem {
  const detail = "Too many reports came from your network. Nothing of this one was read.";
  return passingProblem("rate_limit_exceeded", detail, seconds);
}
