import type { Scope } from "@/lib/people/auth/scopes";
import type { Environment, Role } from "@/prisma/generated/enums";

/**
 * An actor says who acts, and in which workspace. It is the first argument of every workspace-scoped
 * function. Only two files can build one, so a call that nobody authenticated does not compile.
 */
declare const proof: unique symbol;

/** A signed-in person in one workspace. Only `lib/people/auth/session.ts` builds one. */
export type MemberActor = {
  readonly [proof]: "member";
  kind: "member";
  workspaceId: string;
  workspaceName: string;
  memberId: string;
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  role: Role;
  /** The IP address the request came from, for the audit record; null when the edge could not tell. */
  address: string | null;
  userAgent: string | null;
};

/** A program that presented a valid API key. Only `lib/api/gate/authenticate.ts` builds one. */
export type KeyActor = {
  readonly [proof]: "key";
  kind: "key";
  workspaceId: string;
  keyId: string;
  keyName: string;
  secretId: string;
  environment: Environment;
  scopes: readonly Scope[];
  /** The ids of the audiences that the key is limited to; null when it reaches every contact. */
  audiences: readonly string[] | null;
  /** The domains that the key is limited to; null when it may send from any of the workspace's. */
  sendingDomains: readonly string[] | null;
  address: string;
  userAgent: string;
};

/** Builds the actor of a signed-in member. An import rule lets only the session guard call it. */
export function vouchForMember(facts: Omit<MemberActor, typeof proof>): MemberActor {
  return facts as MemberActor;
}

/** Builds the actor of a valid key. An import rule lets only the API's authenticator call it. */
export function vouchForKey(facts: Omit<KeyActor, typeof proof>): KeyActor {
  return facts as KeyActor;
}
