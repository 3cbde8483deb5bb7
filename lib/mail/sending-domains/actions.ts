"use server";

import { addDomain, removeDomain } from "@/lib/mail/sending-domains/member-domains";
import { addDomainInput, removeDomainInput } from "@/lib/mail/sending-domains/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/sending";

export const addDomainAction = memberAction(addDomainInput, addDomain, { refresh });

export const removeDomainAction = memberAction(removeDomainInput, removeDomain, { refresh });
