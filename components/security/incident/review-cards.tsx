import { reportUrl } from "@/components/api-keys/incident-url";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import type { Check } from "@/lib/access/incidents/reading/checklist";
import { Checklist } from "./checklist";
import { CloseButton } from "./close-button";
import { DownloadReport } from "./download-report";
import { NotesForm } from "./notes-form";
import { PutRightButton } from "./put-right-button";
import { WrittenNotes } from "./written-notes";

type ReviewCardsProps = {
  incident: ShownIncident;
  /** The member who looks at it. */
  memberId: string;
  checks: readonly Check[];
  /** The page of the step in which the key's deeds are put right. */
  backHref: string;
};

/** The cards of the last step: the checklist, the notes, the things that were done, the report, and the end. */
export function ReviewCards({ incident, memberId, checks, backHref }: ReviewCardsProps) {
  const { id, canAct, notes, affected, revision } = incident;
  const left = checks.filter(({ isDone }) => !isDone).length;
  const isPutRight = checks.some(({ name, isDone }) => name === "put_right" && isDone);
  return (
    <>
      <Card>
        <CardHeader title="Checklist">
          <span className="text-ink-2 text-xs">
            {checks.length - left} of {checks.length} done
          </span>
        </CardHeader>
        <Checklist checks={checks} />
        {canAct && !isPutRight && (
          <div className="flex flex-wrap items-center gap-2 border-line border-t px-4 py-3">
            <Button asChild>
              <Link href={backHref}>Put it right</Link>
            </Button>
            <PutRightButton incidentId={id} />
          </div>
        )}
      </Card>
      <Card>
        <CardHeader title="Notes" />
        <CardBody>
          {canAct ? (
            <NotesForm
              incidentId={id}
              memberId={memberId}
              notes={notes}
              affected={affected}
              revision={revision}
            />
          ) : (
            <WrittenNotes incident={incident} />
          )}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Report" />
        <CardBody className="flex flex-wrap items-center gap-2">
          <Button asChild>
            <Link href={reportUrl(id)}>Open report</Link>
          </Button>
          <DownloadReport incidentId={id} />
          {canAct && <CloseButton incidentId={id} left={left} works={incident.stop === null} />}
        </CardBody>
      </Card>
    </>
  );
}
