"use server";

import { removeView, saveView } from "@/lib/access/activity/views/saved-views";
import { removeViewInput, saveViewInput } from "@/lib/access/activity/views/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/activity";

export const saveViewAction = memberAction(saveViewInput, saveView, { refresh });

export const removeViewAction = memberAction(removeViewInput, removeView, { refresh });
