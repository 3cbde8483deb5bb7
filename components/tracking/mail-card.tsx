import type { ReactNode } from "react";

/** A page for the recipient of a mail, who knows nothing of the console. */
export function MailCard({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg-subtle px-4 py-12">
      <div className="w-full max-w-[440px] rounded-lg border border-line bg-surface p-6 shadow-raised max-md:p-5">
        {children}
      </div>
    </main>
  );
}
