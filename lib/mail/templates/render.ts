import { stoppedError, templateError } from "@/lib/mail/templates/explain-failure";
import { type Ask, type Rendering, renderLane } from "@/lib/mail/templates/render-lane";
import { BATCH_MS, type RenderedMessage, type Variables } from "@/lib/mail/templates/render-limits";
import { type Failure, ok, type Result } from "@/lib/platform/result";

/** The workspace a message is rendered for: workspaces take turns. */
type Owner = { workspaceId: string };

type Outcome = Result<RenderedMessage, "template_error">;

/** Messages rendered between two looks at the clock. */
const SLICE = 20;

const LINE_BREAKS = /[\r\n\t\u2028\u2029]+/g;

/**
 * Renders one message in Liquid. What a template does not know is an error unless it stands in an `if` or
 * has a `default`; in the HTML every value is escaped, so that no contact's name is markup. Templates run
 * in a process that is killed at its limits (see `docs/decisions/templates.md`), so a hostile one costs a
 * second of its own workspace's time and nothing else.
 */
export async function renderMessage(
  owner: Owner,
  message: RenderedMessage,
  variables: Variables,
): Promise<Outcome> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    return await renderOne(ask, message, variables);
  });
}

/** A message with a sample for what only its senders know, and the names of that: `order.number`. */
export type Sample = { message: RenderedMessage; sampled: string[] };

/**
 * `renderMessage` for a message whose other variables are known to its senders alone: each shows as its name
 * in square brackets.
 */
export async function renderSample(
  owner: Owner,
  message: RenderedMessage,
  variables: Variables,
): Promise<Result<Sample, "template_error">> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    const answer = await ask({ message, variables: [variables], withSamples: true });
    if ("stopped" in answer) return stoppedError(answer.stopped);
    if ("refused" in answer) return templateError(answer.refused);
    const [rendering] = answer.rendered;
    if (!rendering) return noAnswer();
    const outcome = outcomeOf(message, rendering);
    return outcome.ok ? ok({ message: outcome.value, sampled: rendering.sampled ?? [] }) : outcome;
  });
}

/**
 * `renderMessage` for many recipients: one outcome for each, in their order. What is not rendered after
 * `BATCH_MS` fails as too slow. Batches have a process of their own, so single messages never wait for one.
 */
export async function renderMessages(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly Variables[],
): Promise<Outcome[]> {
  return await renderLane("batch").take(owner.workspaceId, async (ask) => {
    return await renderAll(ask, message, recipients);
  });
}

/** Whether this is Liquid at all. What it needs from a contact shows only when it is rendered. */
export async function checkMessage(
  owner: Owner,
  message: RenderedMessage,
): Promise<Result<null, "template_error">> {
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    const answer = await ask({ message, variables: [] });
    if ("stopped" in answer) return stoppedError(answer.stopped);
    return "refused" in answer ? templateError(answer.refused) : ok(null);
  });
}

async function renderAll(
  ask: Ask,
  message: RenderedMessage,
  recipients: readonly Variables[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const until = performance.now() + BATCH_MS;
  while (outcomes.length < recipients.length) {
    if (performance.now() > until) {
      return recipients.map((_, at) => outcomes[at] ?? stoppedError("too slow"));
    }
    const slice = recipients.slice(outcomes.length, outcomes.length + SLICE);
    const answer = await ask({ message, variables: slice });
    if ("refused" in answer) return recipients.map(() => templateError(answer.refused));
    if ("rendered" in answer)
      outcomes.push(...answer.rendered.map((each) => outcomeOf(message, each)));
    else outcomes.push(...(await renderEach(ask, message, slice, until)));
  }
  return outcomes;
}

/** After a slice was stopped: one at a time shows whose fault it was, and the others get their message. */
async function renderEach(
  ask: Ask,
  message: RenderedMessage,
  slice: readonly Variables[],
  until: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const variables of slice) {
    const late = performance.now() > until;
    outcomes.push(late ? stoppedError("too slow") : await renderOne(ask, message, variables));
  }
  return outcomes;
}

async function renderOne(
  ask: Ask,
  message: RenderedMessage,
  variables: Variables,
): Promise<Outcome> {
  const answer = await ask({ message, variables: [variables] });
  if ("stopped" in answer) return stoppedError(answer.stopped);
  if ("refused" in answer) return templateError(answer.refused);
  const [rendering] = answer.rendered;
  return rendering ? outcomeOf(message, rendering) : noAnswer();
}

/** A message that has words, but none for this recipient, is a mistake: nobody wants an empty mail. */
function outcomeOf(source: RenderedMessage, rendering: Rendering): Outcome {
  if ("failure" in rendering) return templateError(rendering.failure);
  const { html } = rendering.message;
  // A subject is one line, whatever a contact is called.
  const subject = rendering.message.subject.replaceAll(LINE_BREAKS, " ").trim();
  const text = isBlank(rendering.message.text) ? "" : rendering.message.text;
  if (!subject && !isBlank(source.subject)) return nothingLeft("subject");
  const isWritten = !isBlank(source.html) || !isBlank(source.text);
  if (isWritten && isBlank(html) && !text) return nothingLeft("html");
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
