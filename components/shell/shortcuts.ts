export type Shortcut = "palette" | "help" | "search" | "create" | "next-row" | "previous-row";

/** The parts of a keyboard event that decide. `key` is missing when a browser's autofill pretends to type. */
export type KeyPress = {
  key?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
};

/**
 * Where the focus is: nowhere yet, on something of the page, on a row of a list, in its search box, typing
 * elsewhere, or in a dialog or menu.
 */
export type Place = "nowhere" | "page" | "row" | "search" | "typing" | "overlay";

const SINGLE_KEYS: Record<string, Shortcut> = { "?": "help", "/": "search", c: "create" };

/**
 * The shortcut of a key press. Single keys act only where nobody is typing, and never with a modifier (Shift
 * is how many keyboards write `?` and `/`).
 */
export function shortcutOf(
  press: KeyPress,
  place: Place,
  singleKeys: "on" | "off",
): Shortcut | null {
  const { key } = press;
  if (!key || press.isComposing || place === "overlay") return null;
  if (isPaletteKey(press, key)) return "palette";
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const step = press.shiftKey ? null : stepOf(key, place);
  return step ?? (singleKeys === "on" ? singleKeyOf(key, place) : null);
}

function singleKeyOf(key: string, place: Place): Shortcut | null {
  const isFree = place === "nowhere" || place === "page" || place === "row";
  return isFree ? (SINGLE_KEYS[key] ?? null) : null;
}

function isPaletteKey(press: KeyPress, key: string): boolean {
  const oneModifier = press.ctrlKey !== press.metaKey && !press.altKey && !press.shiftKey;
  return oneModifier && key.toLowerCase() === "k";
}

function stepOf(key: string, place: Place): Shortcut | null {
  if (key === "ArrowDown" && ["nowhere", "row", "search"].includes(place)) return "next-row";
  if (key === "ArrowUp" && place === "row") return "previous-row";
  return null;
}

const OVERLAYS = '[role="dialog"][data-state="open"], [role="menu"], [role="listbox"]';
const TYPED_INTO =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';

/** Where the focus is, as `shortcutOf` wants to know it. */
export function placeOf(focused: Element | null): Place {
  if (document.querySelector(OVERLAYS)) return "overlay";
  if (focused?.matches("[data-search]")) return "search";
  if (focused?.closest(TYPED_INTO)) return "typing";
  if (!focused || focused.matches("body, main")) return "nowhere";
  return focused.matches("[data-row-link]") ? "row" : "page";
}
