import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** The look of every box one types into or chooses from. */
export const CONTROL =
  "w-full rounded-sm border border-line-input bg-surface px-2.5 text-ink text-sm disabled:cursor-not-allowed disabled:bg-bg-sunken disabled:text-ink-3 aria-invalid:border-danger max-md:text-lg";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(CONTROL, "h-8 max-md:h-10", className)} />;
}
