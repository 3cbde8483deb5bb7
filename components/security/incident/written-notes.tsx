import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";

/** The texts of an incident, for reading only. */
export function WrittenNotes({ incident: { affected, notes } }: { incident: ShownIncident }) {
  return (
    <dl className="grid gap-3 text-sm">
      <div>
        <dt className="font-medium">Affected people</dt>
        <dd className="wrap-anywhere whitespace-pre-wrap text-ink-2">
          {affected || "Nothing is written."}
        </dd>
      </div>
      <div>
        <dt className="font-medium">Notes</dt>
        <dd className="wrap-anywhere whitespace-pre-wrap text-ink-2">
          {notes || "Nothing is written."}
        </dd>
      </div>
    </dl>
  );
}
