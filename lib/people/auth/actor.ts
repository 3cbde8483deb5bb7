import type { Scope } from "@/lib/people/auth/scopes";
import type { Vouched } from "@/lib/people/auth/vouched";
import type { Environment, Role } from "@/prisma/generated/enums";

/**
 * A signed-in person in one workspace. Only `lib/people/auth/session.ts` builds one, so a call that nobody
 * has authenticated does not compile.
 */
export type MemberActor = Vouched<"member"> & {
  kind: "member";
  workspaceId: string;
  workspaceName: string;
  memberId: string;
  userId: string;
  sessionId: string;
  /** The browser as the account knows it. */
  browserId: string | null;
  /** Whether the account has a second factor, and when it was last given in this session. */
  hasSecondFactor: boolean;
  confirmedAt: Date | null;
  name: string;
  email: string;
  role: Role;
  /** The IP address of the request, for the audit record; null when the edge could not tell. */
  address: string | null;
  userAgent: string | null;
};

/** A program that proved an API key. Only `lib/api/gate/authenticate.ts` builds one. */
export type KeyActor = Vouched<"key"> & {
  kind: "key";
  workspaceId: string;
  keyId: string;
  keyName: string;
  secretId: string;
  environment: Environment;
  scopes: readonly Scope[];
  /** The ids of the audiences the key is limited to; null when it is limited to none. */
  audiences: readonly string[] | null;
  /** The domains the key may send from; null when it may send from all of the workspace's. */
  sendingDomains: readonly string[] | null;
  /** Whether its emails go to nobody who has unsubscribed. */
  skipUnsubscribed: boolean;
  /** Whether nobody may read what its emails say. */
  forgetBodies: boolean;
  /** The call it makes, by the id of its row of activity. */
  callId: string;
  address: string;
  userAgent: string;
};

/** The facts of an actor, without the mark that it was vouched for. */
type Facts<Actor> = Pick<Actor, keyof Actor>;

/** Builds the actor of a signed-in member. An import rule lets only the session guard call it. */
export function vouchForMember(facts: Facts<MemberActor>): MemberActor {
  return facts as MemberActor;
}

/** Builds the actor of a valid key. An import rule lets only the API's authenticator call it. */
export function vouchForKey(facts: Facts<KeyActor>): KeyActor {
  return facts as KeyActor;
}
