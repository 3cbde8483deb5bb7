import { stoppedError, templateError } from "@/lib/mail/templates/explain-failure";
import { type Ask, type Rendering, renderLane } from "@/lib/mail/templates/render-lane";
import {
  BATCH_MS,
  type Ending,
  type MessageCopy,
  type Recipient,
  type RenderedMessage,
  type Variables,
} from "@/lib/mail/templates/render-limits";
import { type Failure, ok, type Result } from "@/lib/platform/result";

/** The workspace a message is rendered for: workspaces take turns. */
type Owner = { workspaceId: string };

type Outcome = Result<RenderedMessage, "template_error">;
type CopyOutcome = Result<MessageCopy, "template_error">;

/** Messages rendered between two looks at the clock. */
const SLICE = 20;

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

/**
 * `renderMessage` for many recipients: one outcome for each, in their order. A message that is not rendered
 * within `BATCH_MS` fails as too slow. Batches have a process of their own, so single messages never wait for one.
 */
export async function renderMessages(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly Variables[],
): Promise<Outcome[]> {
  const asked = recipients.map((variables) => ({ variables }));
  return (await renderBatch(owner, message, asked)).map(withoutLinks);
}

/** `renderMessages` for recipients whose copies each get an ending. */
export async function renderCopies(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly (Recipient & { ending: Ending })[],
): Promise<CopyOutcome[]> {
  return await renderBatch(owner, message, recipients);
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

async function renderBatch(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly Recipient[],
): Promise<CopyOutcome[]> {
  return await renderLane("batch").take(owner.workspaceId, async (ask) => {
    return await renderAll(ask, message, recipients);
  });
}

async function renderAll(
  ask: Ask,
  message: RenderedMessage,
  recipients: readonly Recipient[],
): Promise<CopyOutcome[]> {
  const outcomes: CopyOutcome[] = [];
  const until = performance.now() + BATCH_MS;
  while (outcomes.length < recipients.length) {
    if (performance.now() > until) {
      return recipients.map((_, at) => outcomes[at] ?? stoppedError("too slow"));
    }
    const slice = recipients.slice(outcomes.length, outcomes.length + SLICE);
    const answer = await ask({ message, recipients: slice });
    if ("refused" in answer) return recipients.map(() => templateError(answer.refused));
    if ("rendered" in answer)
      outcomes.push(...answer.rendered.map((each) => outcomeOf(message, each)));
    else outcomes.push(...(await renderEach(ask, message, slice, until)));
  }
  return outcomes;
}

/** Renders one at a time after a slice was stopped: the recipient at fault shows, the others get their copy. */
async function renderEach(
  ask: Ask,
  message: RenderedMessage,
  slice: readonly Recipient[],
  until: number,
): Promise<CopyOutcome[]> {
  const outcomes: CopyOutcome[] = [];
  for (const recipient of slice) {
    const late = performance.now() > until;
    outcomes.push(late ? stoppedError("too slow") : await renderOne(ask, message, recipient));
  }
  return outcomes;
}

async function renderOne(
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
function outcomeOf(source: RenderedMessage, rendering: Rendering): CopyOutcome {
  if ("failure" in rendering) return templateError(rendering.failure);
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

function withoutLinks(outcome: CopyOutcome): Outcome {
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
