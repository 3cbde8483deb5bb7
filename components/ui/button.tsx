import { LoaderCircle } from "lucide-react";
import type { ComponentProps, HTMLAttributes, MouseEvent } from "react";
import { withAttributes } from "./as-child";
import { BUTTON, BUTTON_SIZES, BUTTON_VARIANTS } from "./button-look";
import { cn } from "./class-names";

type ButtonProps = ComponentProps<"button"> & {
  variant?: keyof typeof BUTTON_VARIANTS;
  size?: keyof typeof BUTTON_SIZES;
  /** Makes the one child, a link, look like a button. */
  asChild?: boolean;
  /** While true, the button shows a spinner, keeps its focus and ignores presses. */
  pending?: boolean;
};

export function Button({
  variant = "secondary",
  size = "md",
  asChild,
  pending,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = cn(BUTTON, BUTTON_VARIANTS[variant], BUTTON_SIZES[size], className);
  if (asChild)
    return withAttributes(children, { ...rest, className: classes } as HTMLAttributes<HTMLElement>);
  return (
    <button
      type="button"
      {...rest}
      {...(pending && { "aria-disabled": true, onClick: ignore })}
      className={classes}
    >
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

function ignore(event: MouseEvent) {
  event.preventDefault();
}
