"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { downloadWhenConfirmed } from "@/components/account/download-when-confirmed";
import { Button } from "@/components/ui/button";

/** Downloads the recipients with this status. A form posts it, since an export is recorded. */
export function ExportRecipients({ campaignId, status }: { campaignId: string; status: string }) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form ref={form} method="post" action={`/campaigns/${campaignId}/export`}>
      <input type="hidden" name="status" value={status} />
      <Button onClick={() => void downloadWhenConfirmed(() => form.current?.submit())}>
        <Download aria-hidden />
        Export CSV
      </Button>
    </form>
  );
}
