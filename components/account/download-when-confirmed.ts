import { whenConfirmed } from "@/components/ui/when-confirmed";
import { NOTHING } from "@/lib/people/auth/limits";
import { checkConfirmationAction } from "@/lib/people/second-factor/actions";

/** Starts a download, after the second factor where the account has one and has not given it lately. */
export async function downloadWhenConfirmed(start: () => void): Promise<void> {
  const checked = await whenConfirmed(() => checkConfirmationAction(NOTHING)).catch(() => null);
  // Without an answer the download is tried all the same: its own answer then says what is wrong.
  if (checked === null || checked.ok) start();
}
