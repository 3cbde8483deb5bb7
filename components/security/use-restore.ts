import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { restoreFindingAction } from "@/lib/access/findings/actions";

/** Puts a dismissed finding back among what needs attention. A refusal is said in the corner. */
export function useRestore(findingId: string) {
  const { pending, submit } = useSubmission();

  async function run() {
    const restored = await submit(() => restoreFindingAction({ findingId }));
    toast(
      restored === undefined ? "It could not be restored. Reload the page" : "Finding restored",
    );
  }

  return { pending, run };
}
