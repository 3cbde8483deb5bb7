import { Notice } from "@/components/ui/notice";

/** Explains a form that was restored after a sign-in, and that nothing is done yet. */
export function DraftNotice({ children }: { children: string }) {
  return (
    <Notice tone="info" role="status" className="mb-5 max-w-[680px]">
      {children} What you typed is back. Check it, then submit it again.
    </Notice>
  );
}
