"use server";

import { keyIdInput } from "@/lib/access/api-keys/key/schema";
import { keepKey } from "@/lib/access/key-review/keep-key";
import { signOffReview } from "@/lib/access/key-review/sign-off";
import { memberAction } from "@/lib/people/auth/member-action";
import { nothingInput } from "@/lib/people/auth/schema";

const refresh = "/settings/security";

export const keepKeyAction = memberAction(keyIdInput, keepKey, { refresh });

export const signOffReviewAction = memberAction(nothingInput, signOffReview, { refresh });
