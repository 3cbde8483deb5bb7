import { Notice } from "@/components/ui/notice";

/** Above a form that holds what was typed before a sign-in: why it is there, and that nothing is done yet. */
export function DraftNotice({ children }: { children: string }) {
  return (
    <Notice tone="info" role="status" className="mb-5 max-w-[680px]">
      {children} What you typed is back. Check it, then submit it again.
    </Notice>
  );
}
