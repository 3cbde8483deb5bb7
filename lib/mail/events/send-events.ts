import { type Recorded, recordEvents } from "@/lib/mail/events/record-events";
import { type EventInput, eventInput } from "@/lib/mail/events/schema";
import { ofSameView, type View } from "@/lib/people/auth/view";
import { type BatchError, type BatchMode, batchErrors } from "@/lib/platform/batch-errors";
import {
  asOneStatement,
  isAtomic,
  type Reader,
  reader,
  transact,
} from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { invalidInput, ok, type Result } from "@/lib/platform/result";
import { mapUnhurried } from "@/lib/platform/unhurried";

/** The most single events that one statement records. */
const TOGETHER_MAX = 100;

type SingleEvent = { view: View; input: EventInput; now: Date };
type Outcome = Result<Recorded, "not_found" | "validation_error">;

/**
 * Records one contact event, in one statement with others that the same caller sends meanwhile. Fails with `not_found`
 * for a contact that the view does not show, and with `validation_error` for a time that lies too far ahead.
 */
export async function sendEvent(view: View, input: EventInput, now: Date): Promise<Outcome> {
  const event = { view, input, now };
  if (!isAtomic()) return await events().add(view.actorId, event);
  const [recorded] = await transact((tx) => recordTogether(tx, [event]));
  if (!recorded) throw new Error("The event was not recorded.");
  return recorded;
}

function events(): Folding<SingleEvent, Outcome> {
  return processWide("single-events", () => {
    const work = async (together: readonly SingleEvent[]) => recordTogether(reader(), together);
    return new Folding<SingleEvent, Outcome>({ work, fits: ofSameView, max: TOGETHER_MAX });
  });
}

/** Records events of one view. The clock of the last one counts for all. */
async function recordTogether(on: Reader, together: readonly SingleEvent[]): Promise<Outcome[]> {
  const last = together.at(-1);
  if (!last) return [];
  const inputs = together.map(({ input }) => input);
  return await recordEvents(on, last.view, inputs, { allOrNothing: false }, last.now);
}

/** The outcome of a batch of contact events, by their places in it. */
export type EventBatchOutcome = {
  recorded: (Recorded & { index: number })[];
  errors: BatchError[];
};

/**
 * Records the contact events of a batch in one statement. When one of them fails, `strict` records none and
 * returns `recorded` empty, while `permissive` records the others.
 */
export async function sendEventBatch(
  view: View,
  batch: readonly unknown[],
  mode: BatchMode,
  now: Date,
): Promise<EventBatchOutcome> {
  const parsed = await mapUnhurried(batch, readItem);
  const malformed = parsed.flatMap((item, index) => (item.ok ? [] : batchErrors(index, item)));
  if (mode === "strict" && malformed.length > 0) return { recorded: [], errors: malformed };
  const places = parsed.flatMap((item, index) => (item.ok ? [index] : []));
  const items = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  const options = { allOrNothing: mode === "strict" };
  const results = await asOneStatement((on) => recordEvents(on, view, items, options, now));
  const refused = results.flatMap((result, at) =>
    result.ok ? [] : batchErrors(places[at] ?? 0, result),
  );
  const errors = [...malformed, ...refused].sort((a, b) => a.index - b.index);
  if (mode === "strict" && errors.length > 0) return { recorded: [], errors };
  const recorded = results.flatMap((result, at) =>
    result.ok ? [{ ...result.value, index: places[at] ?? 0 }] : [],
  );
  return { recorded, errors };
}

function readItem(value: unknown): Result<EventInput, "validation_error"> {
  const parsed = eventInput.safeParse(value);
  return parsed.success ? ok(parsed.data) : invalidInput(parsed.error);
}
