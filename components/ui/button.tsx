import { LoaderCircle } from "lucide-react";
import type { ComponentProps, HTMLAttributes, MouseEvent } from "react";
import { withAttributes } from "./as-child";
import { cn } from "./class-names";

const VARIANTS = {
  primary: "border-transparent bg-accent text-accent-on shadow-raised hover:bg-accent-hover",
  secondary: "border-line-strong bg-surface text-ink shadow-raised hover:bg-bg-subtle",
  danger: "border-danger-line bg-surface text-danger shadow-raised hover:bg-danger-soft",
  ghost: "border-transparent bg-transparent text-ink-2 hover:bg-bg-sunken",
} as const;

const SIZES = {
  md: "h-8 px-3 max-md:h-10",
  lg: "h-9 px-4 max-md:h-10",
  icon: "size-8 justify-center max-md:size-10",
} as const;

type ButtonProps = ComponentProps<"button"> & {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
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
  const classes = cn(
    "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border font-medium text-sm transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-75 [&_svg]:size-4",
    VARIANTS[variant],
    SIZES[size],
    className,
  );
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
