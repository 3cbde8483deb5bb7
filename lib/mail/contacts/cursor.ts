import type { View } from "@/lib/people/auth/view";
import { type List, readCursor, writeCursor } from "@/lib/platform/paging/cursor";

/** A place in a list of contacts: an id, or a time of change or deletion and an id. */
export type Position =
  | { order: "id"; id: string }
  | { order: "updated" | "deleted"; at: Date; id: string };

const PLACE = /^(?:i|([ud])(\d{1,15})):(con_[0-9a-z]{26})$/;
const LETTERS = { id: "i", updated: "u", deleted: "d" };

/** A cursor that leads back to `position` in this workspace and environment only. */
export function writePosition(view: View, position: Position): string {
  const at = position.order === "id" ? "" : position.at.getTime();
  return writeCursor(listOf(view), `${LETTERS[position.order]}${at}:${position.id}`);
}

/** The place a cursor leads to; null for a cursor that we did not write for this workspace and environment. */
export function readPosition(view: View, cursor: string): Position | null {
  const match = PLACE.exec(readCursor(listOf(view), cursor) ?? "");
  const id = match?.[3];
  if (!id) return null;
  const [, order, milliseconds] = match;
  if (order === undefined) return { order: "id", id };
  const at = new Date(Number(milliseconds));
  return { order: order === "u" ? "updated" : "deleted", at, id };
}

function listOf({ workspaceId, environment }: View): List {
  return { name: "contacts", workspaceId, environment };
}
