import {
  type ContactItem,
  type Saved,
  type SaveFailure,
  type SaveOptions,
  saveContacts,
  saveValues,
} from "@/lib/mail/contacts/save-contacts";
import { ofSameView, type View } from "@/lib/people/auth/view";
import { noteGrowth } from "@/lib/platform/database/table-statistics";
import { isAtomic, transact } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import type { Result } from "@/lib/platform/result";

/** The most single writes that become one: a statement of a hundred contacts is as quick as Postgres gets. */
const TOGETHER_MAX = 100;

/** One contact that a caller adds or changes by itself. */
type SingleSave = { view: View; item: ContactItem; now: Date } & Pick<SaveOptions, "existing">;

type Outcome = Result<Saved, SaveFailure>;

/**
 * Adds or changes one contact. All changes of a workspace's contacts stand in one order, so callers who write at the
 * same time would wait for each other's transactions: those of one key share their statements instead.
 */
export async function saveAmongOthers(save: SingleSave): Promise<Outcome> {
  const { workspaceId, environment } = save.view;
  if (isAtomic()) return only(await saveInTransaction([save]));
  const outcome = await saves().add(`${workspaceId} ${environment}`, save);
  if (outcome.ok && outcome.value.status === "created") noteGrowth("contacts", 1);
  return outcome;
}

function saves(): Folding<SingleSave, Outcome> {
  return processWide(
    "contact-saves",
    () => new Folding<SingleSave, Outcome>({ work: saveTogether, fits, max: TOGETHER_MAX }),
  );
}

/**
 * True where the next save can join the others. All have the same key, caller and kind, and each is of another contact.
 * A save that goes on record by itself is done by itself.
 */
function fits(saves: readonly SingleSave[], next: SingleSave): boolean {
  const [first] = saves;
  if (!first || first.existing !== next.existing) return false;
  if (first.item.input.resubscribe || next.item.input.resubscribe) return false;
  if (first.view.actor.address !== next.view.actor.address) return false;
  return ofSameView(saves, next) && !saves.some((one) => one.item.email === next.item.email);
}

async function saveTogether(saves: readonly SingleSave[]): Promise<Outcome[]> {
  const { view, existing, now } = lastOf(saves);
  const options = { existing, unsubscribed: "refuse" } as const;
  const items = saves.map(({ item }) => item);
  return (await saveValues(view, items, options, now)) ?? (await saveInTransaction(saves));
}

async function saveInTransaction(saves: readonly SingleSave[]): Promise<Outcome[]> {
  const { view, existing, now } = lastOf(saves);
  const options = { existing, unsubscribed: "refuse", allOrNothing: false } as const;
  const items = saves.map(({ item }) => item);
  return await transact((tx) => saveContacts(tx, view, items, options, now));
}

/** The latest of some saves. Its clock counts for all of them. */
function lastOf(saves: readonly SingleSave[]): SingleSave {
  const last = saves.at(-1);
  if (!last) throw new Error("Nothing is to be saved.");
  return last;
}

function only([outcome]: Outcome[]): Outcome {
  if (!outcome) throw new Error("The contact was not saved.");
  return outcome;
}
