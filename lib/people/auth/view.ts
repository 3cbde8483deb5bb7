import type { KeyActor, MemberActor } from "@/lib/people/auth/actor";
import type { Vouched } from "@/lib/people/auth/vouched";
import type { Environment } from "@/prisma/generated/enums";

/**
 * One environment of a workspace as an actor reaches it: all of it, or some audiences and sending domains
 * where a key is limited to them. It is the first argument of every function that keys and members share.
 * Only `viewOf` builds one, and only from an actor.
 */
export type View = Vouched<"view"> & {
  readonly workspaceId: string;
  readonly environment: Environment;
  /** The ids of the audiences it is limited to; null when it is limited to none. */
  readonly audiences: readonly string[] | null;
  /** The domains that may be sent from; null when all of the workspace's may. */
  readonly sendingDomains: readonly string[] | null;
  /** Whether its emails go to nobody who has unsubscribed. */
  readonly skipUnsubscribed: boolean;
  /** Whether nobody may read what its emails say. */
  readonly forgetBodies: boolean;
  readonly actor: KeyActor | MemberActor;
  /** The id of the key or member, as rows keep who made or changed them. */
  readonly actorId: string;
};

/** The view of a key: its own environment, within its limits. */
export function viewOf(actor: KeyActor): View;
/** The view of a member: all of an environment. Permissions are the caller's to check. */
export function viewOf(actor: MemberActor, environment: Environment): View;
export function viewOf(actor: KeyActor | MemberActor, chosen?: Environment): View {
  const { workspaceId } = actor;
  if (actor.kind === "key") {
    const { environment, audiences, sendingDomains, keyId: actorId } = actor;
    const { skipUnsubscribed, forgetBodies } = actor;
    const limits = { environment, audiences, sendingDomains, skipUnsubscribed, forgetBodies };
    return { workspaceId, ...limits, actor, actorId } as View;
  }
  const limits = { audiences: null, sendingDomains: null };
  const mail = { skipUnsubscribed: false, forgetBodies: false };
  const place = { workspaceId, environment: chosen };
  return { ...place, ...limits, ...mail, actor, actorId: actor.memberId } as View;
}

/** The same view, limited to these audiences on top of the limits it has. */
export function limitedTo(view: View, audiences: readonly string[]): View {
  const { audiences: limits } = view;
  const both = limits ? audiences.filter((id) => limits.includes(id)) : audiences;
  return { ...view, audiences: both } as View;
}

/** Whether two views are of the same key or member and reach the same. A key's limits may change between two calls. */
function reachSame(one: View, other: View): boolean {
  return (
    one.actorId === other.actorId &&
    one.environment === other.environment &&
    `${one.audiences}` === `${other.audiences}` &&
    `${one.sendingDomains}` === `${other.sendingDomains}`
  );
}

/** Whether a piece of work fits to others that wait, since its view reaches the same as the first one's. */
export function ofSameView([first]: readonly { view: View }[], next: { view: View }): boolean {
  return first !== undefined && reachSame(first.view, next.view);
}
