"use server";

import { setLeakPolicy } from "@/lib/access/leaks/leak-policy";
import { leakPolicyInput } from "@/lib/access/leaks/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/security";

export const setLeakPolicyAction = memberAction(leakPolicyInput, setLeakPolicy, { refresh });
