import { Download } from "lucide-react";
import { reportUrl } from "@/components/api-keys/incident-url";
import { Button } from "@/components/ui/button";

/** Saves the report as JSON. It is a form that only reads, so the button works without script too. */
export function DownloadReport({ incidentId }: { incidentId: string }) {
  return (
    <form action={`${reportUrl(incidentId)}/export`}>
      <Button type="submit">
        <Download aria-hidden />
        Download report
      </Button>
    </form>
  );
}
