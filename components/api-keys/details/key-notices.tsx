import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import type { UndoableNarrowing } from "@/lib/access/findings/reading/undoable-narrowing";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { IncidentNotice } from "./incident-notice";
import { NarrowedNotice } from "./narrowed-notice";
import { StoppedNotice } from "./stopped-notice";

type KeyNoticesProps = {
  apiKey: KeyDetails;
  incident: ShownIncident | null;
  narrowing: UndoableNarrowing | null;
};

/** Everything about a key that whoever opens its page should know first. */
export function KeyNotices({ apiKey, incident, narrowing }: KeyNoticesProps) {
  const canUndo = apiKey.canManage && apiKey.status !== "revoked";
  // Somebody may have given some of them back by editing the key.
  const lost = narrowing?.scopes.filter((scope) => !apiKey.scopes.includes(scope)) ?? [];
  return (
    <>
      {incident && <IncidentNotice incident={incident} />}
      <StoppedNotice apiKey={apiKey} />
      {narrowing && canUndo && lost.length > 0 && (
        <NarrowedNotice keyId={apiKey.id} narrowing={{ ...narrowing, scopes: lost }} />
      )}
    </>
  );
}
