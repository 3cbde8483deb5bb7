"use server";

import { removalFacts } from "@/lib/access/member-removal/removal-facts";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { removalFactsInput, removeMemberInput } from "@/lib/access/member-removal/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const removalFactsAction = memberAction(removalFactsInput, removalFacts);

export const removeMemberAction = memberAction(removeMemberInput, removeMember, {
  refresh: "/settings/members",
});
