import { Check } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { withoutEnter } from "./without-enter";

type CheckboxProps = Omit<ComponentProps<"input">, "onChange"> & {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

export function Checkbox({ className, onCheckedChange, ...rest }: CheckboxProps) {
  return (
    <span className={cn("relative grid size-4 shrink-0 place-items-center", className)}>
      <input
        {...rest}
        type="checkbox"
        onChange={({ target }) => onCheckedChange(target.checked)}
        onKeyDown={withoutEnter}
        className="peer size-4 cursor-pointer appearance-none rounded-xs border border-line-input bg-surface checked:border-accent checked:bg-accent disabled:cursor-default disabled:opacity-55 aria-invalid:border-danger"
      />
      <Check
        aria-hidden
        className="pointer-events-none absolute hidden size-3 stroke-3 text-accent-on peer-checked:block"
      />
    </span>
  );
}
