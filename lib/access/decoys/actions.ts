"use server";

import { plantDecoy } from "@/lib/access/decoys/plant-decoy";
import { removeDecoy } from "@/lib/access/decoys/remove-decoy";
import { decoyIdInput, plantDecoyInput } from "@/lib/access/decoys/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const plantDecoyAction = memberAction(plantDecoyInput, plantDecoy);

export const removeDecoyAction = memberAction(decoyIdInput, removeDecoy, {
  refresh: "/settings/security",
});
