import { SECOND_MS } from "@/lib/platform/clock";

/** So long may one message take to render, as the engine counts; a common one takes a thousandth of it. */
export const RENDER_MS = SECOND_MS;
/** Engines miscount: whoever has not answered by now is killed. */
export const KILL_MS = 2 * SECOND_MS;
/** So long may all messages of one call take. */
export const BATCH_MS = 20 * SECOND_MS;
/** So much may one message become, in all its parts together. */
export const OUTPUT_MAX_CHARS = 512 * 1_024;

/** The three parts of a message, as templates or rendered. */
export type RenderedMessage = { subject: string; html: string; text: string };

/** What a template may use, by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** What a template stumbled over: in which part, on which line of it, and the engine's words. */
export type PartFailure = {
  part?: keyof RenderedMessage | undefined;
  line?: number | undefined;
  reason: string;
};
