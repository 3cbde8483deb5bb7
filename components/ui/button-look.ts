/** The kinds of buttons. */
export const BUTTON_VARIANTS = {
  primary: "border-transparent bg-accent text-accent-on shadow-raised hover:bg-accent-hover",
  secondary: "border-line-strong bg-surface text-ink shadow-raised hover:bg-bg-subtle",
  danger: "border-danger-line bg-surface text-danger shadow-raised hover:bg-danger-soft",
  ghost: "border-transparent bg-transparent text-ink-2 hover:bg-bg-sunken",
} as const;

/** The sizes of buttons. */
export const BUTTON_SIZES = {
  md: "h-8 px-3 max-md:h-10",
  lg: "h-9 px-4 max-md:h-10",
  icon: "size-8 justify-center max-md:size-10",
} as const;

/** The look of every button, besides its kind and size. */
export const BUTTON =
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border font-medium text-sm transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-75 [&_svg]:size-4";
