import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { CONTROL } from "./input";

export function Textarea({ className, rows = 2, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea rows={rows} {...rest} className={cn(CONTROL, "block min-h-14 py-[7px]", className)} />
  );
}
