import { NAV_ICONS } from "./nav-icons";
import type { NavIcons } from "./nav-list";

/** The icons of the console's pages, drawn. */
export function drawnIcons(): NavIcons {
  return Object.fromEntries(
    Object.entries(NAV_ICONS).map(([name, Icon]) => [name, <Icon key={name} className="size-4" />]),
  ) as NavIcons;
}
