import { renderingError, stoppedError, templateError } from "@/lib/mail/templates/explain-failure";
import { type Ask, type Rendering, renderLane } from "@/lib/mail/templates/render-lane";
import type {
  Ending,
  MessageCopy,
  Recipient,
  RenderedMessage,
  Variables,
} from "@/lib/mail/templates/render-limits";
import { type Failure, ok, type Result, type Success } from "@/lib/platform/result";

/** The workspace a message is rendered for: workspaces take turns. */
export type Owner = { workspaceId: string };

/** A rendered message, or why it cannot be rendered. */
export type Outcome = Result<RenderedMessage, "template_error">;
/** The copy of one recipient, or why it cannot be made. */
export type CopyOutcome = Success<MessageCopy> | (Failure<"template_error"> & { isStopped?: true });

const LINE_BREAKS = /[\r\n\t\u2028\u2029]+/g;

/**
 * Renders one message in Liquid. A variable that is not known is an error unless it stands in an `if` or has a
 * `default`; in the HTML every value is escaped, so that no contact's name is markup. Templates run in a process
 * that is killed at its limits (see `docs/decisions/templates.md`), so a hostile one costs a second of its own
 * workspace's time and nothing else.
 */
export async function renderMessage(
  owner: Owner,
  message: RenderedMessage,
  variables: Variables,
): Promise<Outcome> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    return withoutLinks(await renderOne(ask, message, { variables }));
  });
}

/** `renderMessage` for one recipient, whose copy gets an ending. */
export async function renderCopy(
  owner: Owner,
  message: RenderedMessage,
  recipient: Recipient & { ending: Ending },
): Promise<CopyOutcome> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    return await renderOne(ask, message, recipient);
  });
}

/** A message with samples for the variables only its senders know, and the names of those: `order.number`. */
export type Sample = { message: RenderedMessage; sampled: string[] };

/**
 * `renderMessage` for a message with variables that only its senders know: each shows as its name in square
 * brackets.
 */
export async function renderSample(
  owner: Owner,
  message: RenderedMessage,
  variables: Variables,
): Promise<Result<Sample, "template_error">> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    const answer = await ask({ message, recipients: [{ variables }], withSamples: true });
    if ("stopped" in answer) return stoppedError(answer.stopped);
    if ("refused" in answer) return templateError(answer.refused);
    const [rendering] = answer.rendered;
    if (!rendering) return noAnswer();
    const outcome = withoutLinks(outcomeOf(message, rendering));
    return outcome.ok ? ok({ message: outcome.value, sampled: rendering.sampled ?? [] }) : outcome;
  });
}

/** Checks that a message is Liquid. What it needs from a contact shows only when it is rendered. */
export async function checkMessage(
  owner: Owner,
  message: RenderedMessage,
): Promise<Result<null, "template_error">> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    const answer = await ask({ message, recipients: [] });
    if ("stopped" in answer) return stoppedError(answer.stopped);
    return "refused" in answer ? templateError(answer.refused) : ok(null);
  });
}

/** Renders one recipient's copy in a turn at a lane. */
export async function renderOne(
  ask: Ask,
  message: RenderedMessage,
  recipient: Recipient,
): Promise<CopyOutcome> {
  const answer = await ask({ message, recipients: [recipient] });
  if ("stopped" in answer) return stoppedError(answer.stopped);
  if ("refused" in answer) return templateError(answer.refused);
  const [rendering] = answer.rendered;
  return rendering ? outcomeOf(message, rendering) : noAnswer();
}

/** A message that has words, but none for this recipient, is a mistake: nobody wants an empty mail. */
export function outcomeOf(source: RenderedMessage, rendering: Rendering): CopyOutcome {
  if ("failure" in rendering) return renderingError(rendering.failure);
  const { links = [] } = rendering;
  const { html } = rendering.message;
  // A subject is one line, whatever a contact is called.
  const subject = rendering.message.subject.replaceAll(LINE_BREAKS, " ").trim();
  const text = isBlank(rendering.message.text) ? "" : rendering.message.text;
  if (!subject && !isBlank(source.subject)) return nothingLeft("subject");
  const isWritten = !isBlank(source.html) || !isBlank(source.text);
  if (isWritten && isBlank(html) && !text) return nothingLeft("html");
  return ok({ subject, html, text, links });
}

/** The message of a copy alone. */
export function withoutLinks(outcome: CopyOutcome): Outcome {
  if (!outcome.ok) return outcome;
  const { subject, html, text } = outcome.value;
  return ok({ subject, html, text });
}

function nothingLeft(part: "subject" | "html"): Failure<"template_error"> {
  return templateError({ part, reason: "nothing is left of it for this contact" });
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function noAnswer(): Failure<"template_error"> {
  return stoppedError("too slow");
}
