import type { ReactNode } from "react";
import { Logo } from "@/components/shell/workspace-mark";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg-subtle px-4 py-12">
      <div className="w-full max-w-[400px]">
        <div className="mb-6 flex items-center justify-center gap-2 font-semibold text-base">
          <Logo />
          Postern
        </div>
        <div className="rounded-lg border border-line bg-surface p-6 shadow-raised max-md:p-5">
          {children}
        </div>
      </div>
    </main>
  );
}
