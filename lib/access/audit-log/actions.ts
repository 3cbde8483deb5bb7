"use server";

import { checkAuditLog } from "@/lib/access/audit-log/check-log";
import { memberAction } from "@/lib/people/auth/member-action";
import { nothingInput } from "@/lib/people/auth/schema";

export const checkAuditLogAction = memberAction(nothingInput, checkAuditLog);
