"use server";

import { audienceUse } from "@/lib/mail/audiences/audience-use";
import {
  countRule,
  createMemberAudience,
  deleteMemberAudience,
  editMemberAudience,
} from "@/lib/mail/audiences/member-audiences";
import {
  audienceUseInput,
  deleteAudienceInput,
  editAudienceInput,
  newAudienceInput,
  ruleCountInput,
} from "@/lib/mail/audiences/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/audiences";

export const createAudienceAction = memberAction(newAudienceInput, createMemberAudience, {
  refresh,
});

export const editAudienceAction = memberAction(editAudienceInput, editMemberAudience, { refresh });

export const deleteAudienceAction = memberAction(deleteAudienceInput, deleteMemberAudience, {
  refresh,
});

export const audienceUseAction = memberAction(audienceUseInput, audienceUse);

export const countRuleAction = memberAction(ruleCountInput, countRule);
