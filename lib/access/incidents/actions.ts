"use server";

import { freezeKey, unfreezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { keyIdInput } from "@/lib/access/api-keys/key/schema";
import { watched, watchedOnceMade } from "@/lib/access/findings/watching/watched";
import { closeIncident } from "@/lib/access/incidents/changes/close-incident";
import { handOverIncident } from "@/lib/access/incidents/changes/hand-over";
import { markPutRight, noteIncident, setSince } from "@/lib/access/incidents/changes/note-incident";
import { openIncident } from "@/lib/access/incidents/changes/open-incident";
import { replaceKey } from "@/lib/access/incidents/changes/replace-key";
import {
  handOverInput,
  incidentIdInput,
  noteIncidentInput,
  replaceKeyInput,
  setSinceInput,
} from "@/lib/access/incidents/incident/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings";

export const openIncidentAction = memberAction(keyIdInput, openIncident, { refresh });

// These stand beside the actions of incidents, since every page of the console loads the names of the actions of keys.
export const freezeKeyAction = memberAction(keyIdInput, watched(freezeKey), { refresh });

export const unfreezeKeyAction = memberAction(keyIdInput, watched(unfreezeKey), { refresh });

export const setSinceAction = memberAction(setSinceInput, setSince, { refresh });

export const handOverIncidentAction = memberAction(handOverInput, handOverIncident, { refresh });

export const noteIncidentAction = memberAction(noteIncidentInput, noteIncident, { refresh });

export const markPutRightAction = memberAction(incidentIdInput, markPutRight, { refresh });

/** The answer is the only place that holds the secret. Nothing is refreshed while the page shows it. */
export const replaceKeyAction = memberAction(replaceKeyInput, watchedOnceMade(replaceKey));

export const closeIncidentAction = memberAction(incidentIdInput, closeIncident, { refresh });
