import type { RemovalFacts } from "@/lib/access/member-removal/removal-facts";
import type { Invited } from "@/lib/people/members/invite";
import type {
  ChangeRoleInput,
  InviteInput,
  RemoveMemberInput,
  RevokeInvitationInput,
} from "@/lib/people/members/schema";
import type { Result } from "@/lib/platform/result";

type Action<Input, Value> = (input: Input) => Promise<Result<Value, string>>;

/** What the members page can do; the page hands its server actions down by these names. */
export type MemberActions = {
  invite: Action<InviteInput, Invited>;
  revokeInvitation: Action<RevokeInvitationInput, null>;
  changeRole: Action<ChangeRoleInput, null>;
  removalFacts: Action<{ memberId: string }, RemovalFacts>;
  removeMember: Action<RemoveMemberInput, { keysHandedOver: number }>;
};
