import type { Scope } from "@/lib/people/auth/scopes";
import type { Environment, Role } from "@/prisma/generated/enums";

/**
 * An actor is who acts, and in which workspace: the first argument of every workspace-scoped function.
 * Since only two doors can build one, a call that nobody has authenticated does not compile.
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
  /** Where the request came from, for the audit record; null when the edge could not tell. */
  address: string | null;
  userAgent: string | null;
};

/** A program that proved an API key. Only `lib/api/gate/authenticate.ts` builds one. */
export type KeyActor = {
  readonly [proof]: "key";
  kind: "key";
  workspaceId: string;
  keyId: string;
  keyName: string;
  secretId: string;
  environment: Environment;
  scopes: readonly Scope[];
  /** The audiences whose contacts the key may see and touch, by id; null when it may all. */
  audiences: readonly string[] | null;
  /** The domains the key may send from; null when it may from all of the workspace's. */
  sendingDomains: readonly string[] | null;
  address: string;
  userAgent: string;
};

/** Vouches that this person is signed in. An import rule keeps every file but the session guard from calling it. */
export function vouchForMember(facts: Omit<MemberActor, typeof proof>): MemberActor {
  return facts as MemberActor;
}

/** Vouches that this key was proven. An import rule keeps every file but the API's authenticator from calling it. */
export function vouchForKey(facts: Omit<KeyActor, typeof proof>): KeyActor {
  return facts as KeyActor;
}
