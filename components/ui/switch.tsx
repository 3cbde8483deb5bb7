import type { ComponentProps } from "react";
import { cn } from "./class-names";

type SwitchProps = Omit<ComponentProps<"input">, "onChange"> & {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

export function Switch({ className, checked, onCheckedChange, ...rest }: SwitchProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      checked={checked}
      aria-checked={checked}
      onChange={({ target }) => onCheckedChange(target.checked)}
      className={cn(
        "inline-flex h-4 w-7 shrink-0 cursor-pointer appearance-none items-center rounded-full border border-line-input bg-line-input px-px before:size-3 before:rounded-full before:bg-surface before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-3 disabled:cursor-default disabled:opacity-55",
        className,
      )}
    />
  );
}
