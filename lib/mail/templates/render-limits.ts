import { SECOND_MS } from "@/lib/platform/clock";

/** Time one message may take to render, as the engine counts; a common one takes a thousandth of it. */
export const RENDER_MS = SECOND_MS;
/** Engines miscount: a process that has not answered by then is killed. */
export const KILL_MS = 2 * SECOND_MS;
/** Time all messages of one call may take together. */
export const BATCH_MS = 20 * SECOND_MS;
/** Recipients of one batch that may take all their time or memory, or the process along. Nothing is rendered after that many. */
export const STOPS_MAX = 2;
/** Characters of all messages of one call. */
export const BATCH_MAX_CHARS = 10 * 1_024 * 1_024;
/** Characters of the copies that are in memory before they are stored. */
export const SOME_MAX_CHARS = 2 * 1_024 * 1_024;
/** Characters after which the process answers with what it has rendered so far. */
export const ANSWER_MAX_CHARS = 1_024 * 1_024;
/** Characters of one recipient's copy, in all its parts together. */
export const OUTPUT_MAX_CHARS = 512 * 1_024;

/** The three parts of a message, as templates or rendered. */
export type RenderedMessage = { subject: string; html: string; text: string };

/** The variables a template may use, by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** One recipient of a message. */
export type Recipient = { variables: Variables; ending?: Ending };

/** The end of one recipient's copy, added once the message is rendered. */
export type Ending = {
  /** A part that already has this URL gets no footer. */
  unsubscribe: string;
  footer: { html: string; text: string };
  /** HTML that comes last in the body, such as the picture that reports the opening; may be empty. */
  picture: string;
  /** Characters each link takes, besides the URL it leads to, once it leads through the click count. */
  linkChars: number;
};

/** An attribute of the HTML, from `start` to before `end`, that leads to `url` on the web. */
export type FoundLink = { start: number; end: number; url: string };

/** A rendered message with its ending, and the links of its HTML in no particular order. */
export type MessageCopy = RenderedMessage & { links: FoundLink[] };

/** The place where a template failed: the part, its line, and the engine's words. */
export type PartFailure = {
  part?: keyof RenderedMessage | undefined;
  line?: number | undefined;
  reason: string;
};
