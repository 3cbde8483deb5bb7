import { countOf } from "@/lib/platform/format/number";
import { NAV_ICONS } from "./nav-icons";
import type { NavIcons } from "./nav-list";

/** More findings than this are not counted out beside a page's name. */
const MOST_SAID = 99;

/**
 * The icons of the console's pages, drawn. That of Security comes with the number of findings to see to soon, which
 * stands at the end of its line.
 */
export function drawnIcons({ pressing }: { pressing: number }): NavIcons {
  const icons = Object.fromEntries(
    Object.entries(NAV_ICONS).map(([name, Icon]) => [name, <Icon key={name} className="size-4" />]),
  ) as NavIcons;
  if (pressing === 0) return icons;
  return {
    ...icons,
    security: (
      <>
        {icons.security}
        <PressingCount count={pressing} />
      </>
    ),
  };
}

function PressingCount({ count }: { count: number }) {
  return (
    <>
      <span
        aria-hidden
        className="order-last ml-auto rounded-full bg-warn-soft px-1.5 font-medium text-2xs text-warn"
      >
        {count > MOST_SAID ? `${MOST_SAID}+` : count}
      </span>
      <span className="sr-only">{countOf(count, "finding")} in</span>
    </>
  );
}
