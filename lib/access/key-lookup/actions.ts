"use server";

import { whoseKeyInput } from "@/lib/access/key-lookup/schema";
import { whoseKey } from "@/lib/access/key-lookup/whose-key";
import { memberAction } from "@/lib/people/auth/member-action";

/** An action and not a route, so that what was pasted is in no URL, no history and no log of a proxy. */
export const whoseKeyAction = memberAction(whoseKeyInput, whoseKey);
