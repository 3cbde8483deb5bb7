import { cache } from "react";
import { createUser, createWorkspaceWithOwner } from "@/lib/people/accounts/create-workspace";
import type { SignUpInput } from "@/lib/people/accounts/schema";
import { commonPasswordFailure, hashPassword } from "@/lib/people/auth/password";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { factorToAskFor, signInFirst } from "@/lib/people/auth/second-factor";
import { type Entry, letIn } from "@/lib/people/auth/session-store";
import { proveIdentity, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { networkOf } from "@/lib/platform/address-blocks";
import { type Reader, reader, transact } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** The number is arbitrary; nothing else locks on it. */
const SIGN_UP_LOCK = 7_078_931;

/** The workspaces that one network may ask for in 15 minutes, where an operator leaves sign-up open. */
export const SIGN_UPS_PER_ADDRESS = 100;

type SignUpFailure = "closed" | "email_taken" | "validation_error" | "throttled" | "second_factor";

/** Whether anyone may create a workspace: as long as there is none, or always where the operator allows it. */
export async function isSignUpOpen(allowSignUp = env().ALLOW_SIGNUP): Promise<boolean> {
  return allowSignUp || (await isFirstRun());
}

/** Whether nobody has created a workspace here yet. The database is asked once per page. */
export const isFirstRun = cache(async (): Promise<boolean> => !(await anyWorkspace(reader())));

/**
 * Creates a workspace and its owner, and opens a session for the owner. When two people do it at once on an
 * empty database, one succeeds and the other gets `closed`. Where sign-up stays open, a person who has an
 * account gets another workspace with their password; a wrong password gives `email_taken`. Too many from one network
 * give `throttled`.
 */
export async function signUp(
  input: SignUpInput,
  request: RequestFacts,
  now: Date,
  allowSignUp = env().ALLOW_SIGNUP,
): Promise<Result<Entry, SignUpFailure>> {
  if (!(await isSignUpOpen(allowSignUp))) return closed();
  const common = commonPasswordFailure("password", input.password);
  if (common) return common;
  const retryAfterSeconds = await countSignUp(request.address);
  if (retryAfterSeconds !== null) return throttled(retryAfterSeconds);
  const existing = await reader().user.findUnique({
    where: { email: input.email },
    select: { id: true },
  });
  if (existing) return await signUpAgain(input, request, now);
  const passwordHash = await hashPassword(input.password);
  return await transact(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SIGN_UP_LOCK})`;
    if (!allowSignUp && (await anyWorkspace(tx))) return closed();
    if (await tx.user.findUnique({ where: { email: input.email }, select: { id: true } })) {
      return emailTaken();
    }
    const { name, email } = input;
    const owner = await createUser(tx, { name, email, passwordHash }, now);
    const workspace = { name: input.workspaceName, owner };
    const { workspaceId } = await createWorkspaceWithOwner(tx, workspace, request, now);
    return ok({ workspaceId, ...(await letIn(tx, owner, request, now)) });
  });
}

async function signUpAgain(
  input: SignUpInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<Entry, SignUpFailure>> {
  const proven = await proveIdentity({ email: input.email, password: input.password }, request);
  if (!proven.ok) return proven.code === "throttled" ? proven : emailTaken();
  if (await factorToAskFor(proven.value.id, request)) return signInFirst();
  return await transact(async (tx) => {
    const workspace = { name: input.workspaceName, owner: proven.value };
    const { workspaceId } = await createWorkspaceWithOwner(tx, workspace, request, now);
    return ok({ workspaceId, ...(await letIn(tx, proven.value, request, now)) });
  });
}

/** Counts a sign-up before its password is hashed. Without an address all count together. */
async function countSignUp(address: string | null): Promise<number | null> {
  const name = "sign-up:address";
  const addresses = processWide(`limiter ${name}`, () => limiter(name, SIGN_UPS_PER_ADDRESS));
  return await countOne(addresses, networkOf(address ?? "unknown"));
}

async function anyWorkspace(client: Pick<Reader, "workspace">): Promise<boolean> {
  return (await client.workspace.findFirst({ select: { id: true } })) !== null;
}

function closed(): Failure<"closed"> {
  return fail(
    "closed",
    "This Postern already has a workspace. Ask one of its admins for an invitation link.",
  );
}

function emailTaken(): Failure<"email_taken"> {
  const message = "There is an account with this email. Give its password, or use another email.";
  return fail("email_taken", message, { email: [message] });
}
