import { Notice } from "@/components/ui/notice";

/** Explains a form that was restored after a sign-in or a reload, and that nothing is saved yet. */
export function DraftNotice() {
  return (
    <Notice tone="info" role="status" className="mb-5 max-w-[680px]">
      This form was left before it was saved. What you typed is back: check it, then send it again.
    </Notice>
  );
}
