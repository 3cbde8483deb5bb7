import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { CONTROL } from "./input";

type SearchFieldProps = ComponentProps<"input"> & { label: string };

/** The search box of a page; the shell's `/` shortcut finds it by `data-search`. */
export function SearchField({ label, className, ...rest }: SearchFieldProps) {
  return (
    <div
      className={cn(
        "relative min-w-40 max-w-80 flex-1 basis-40 max-md:max-w-none max-md:basis-0",
        className,
      )}
    >
      <Search
        aria-hidden
        className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        autoComplete="off"
        data-search
        {...rest}
        className={cn(CONTROL, "peer h-8 text-ellipsis pr-9 pl-[34px] max-md:h-10 max-md:pr-2.5")}
      />
      <kbd
        aria-hidden
        className="absolute top-1/2 right-2.5 -translate-y-1/2 rounded-xs border border-line px-[5px] font-medium font-sans text-2xs text-ink-3 peer-focus:hidden max-md:hidden"
      >
        /
      </kbd>
    </div>
  );
}
