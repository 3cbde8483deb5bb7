import { stoppedError, templateError } from "@/lib/mail/templates/explain-failure";
import {
  type CopyOutcome,
  type Outcome,
  type Owner,
  outcomeOf,
  renderOne,
  withoutLinks,
} from "@/lib/mail/templates/render";
import { type Ask, renderLane } from "@/lib/mail/templates/render-lane";
import {
  BATCH_MAX_CHARS,
  BATCH_MS,
  type Ending,
  type Recipient,
  type RenderedMessage,
  SOME_MAX_CHARS,
  STOPS_MAX,
  type Variables,
} from "@/lib/mail/templates/render-limits";
import { fail } from "@/lib/platform/result";

/** Recipients that the process is asked to render for at a time. It answers with fewer when their copies are long. */
const SLICE = 20;

/** The copies of the first recipients, in their order, at least of one. */
export type SomeCopies = {
  outcomes: CopyOutcome[];
  /** Whether `STOPS_MAX` of them were stopped: the message is not worth another try. */
  isStopped: boolean;
};

/**
 * `renderMessage` for many recipients: one outcome for each, in their order. What is not rendered within `BATCH_MS`
 * and `BATCH_MAX_CHARS`, or comes after `STOPS_MAX` that were stopped, fails. Batches have a process
 * of their own, so single messages never wait for one.
 */
export async function renderMessages(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly Variables[],
): Promise<Outcome[]> {
  const asked = recipients.map((variables) => ({ variables }));
  const { outcomes, isStopped, isLong } = await renderSome(owner, message, asked, BATCH_MAX_CHARS);
  const left = isLong && !isStopped ? tooLongTogether() : stoppedError("too slow");
  return recipients.map((_, at) => {
    const outcome = outcomes[at];
    return outcome ? withoutLinks(outcome) : left;
  });
}

/**
 * Renders copies with their endings for as many recipients as their length and `BATCH_MS` allow. The caller stores
 * these and asks for the rest.
 */
export async function renderCopies(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly (Recipient & { ending: Ending })[],
): Promise<SomeCopies> {
  const { outcomes, isStopped } = await renderSome(owner, message, recipients, SOME_MAX_CHARS);
  return { outcomes, isStopped };
}

type Some = SomeCopies & { isLong: boolean };

async function renderSome(
  owner: Owner,
  message: RenderedMessage,
  recipients: readonly Recipient[],
  maxChars: number,
): Promise<Some> {
  return await renderLane("batch").take(owner.workspaceId, async (ask) => {
    const batch = new Batch(ask, message, maxChars);
    while (!batch.isOver && batch.outcomes.length < recipients.length) {
      const done = batch.outcomes.length;
      await batch.render(recipients.slice(done, done + SLICE));
    }
    return batch;
  });
}

/** A message that is being rendered for many recipients, and what it has cost so far. */
class Batch implements Some {
  readonly outcomes: CopyOutcome[] = [];
  private chars = 0;
  private stops = 0;
  private readonly until = performance.now() + BATCH_MS;

  constructor(
    private readonly ask: Ask,
    private readonly message: RenderedMessage,
    private readonly maxChars: number,
  ) {}

  get isStopped(): boolean {
    return this.stops >= STOPS_MAX;
  }

  get isLong(): boolean {
    return this.chars > this.maxChars;
  }

  get isOver(): boolean {
    return this.isLong || this.isStopped || performance.now() > this.until;
  }

  /** Renders for the first of these recipients, at least for one. */
  async render(slice: readonly Recipient[]): Promise<void> {
    const answer = await this.ask({ message: this.message, recipients: slice });
    if ("refused" in answer) {
      const refused = templateError(answer.refused);
      this.outcomes.push(...slice.map(() => refused));
    } else if ("rendered" in answer) {
      for (const rendering of answer.rendered) this.add(outcomeOf(this.message, rendering));
    } else await this.renderEach(slice);
  }

  /** Renders one at a time after a slice was stopped: the recipient at fault shows, the others get their copy. */
  private async renderEach(slice: readonly Recipient[]): Promise<void> {
    for (const recipient of slice) {
      if (this.isOver) return;
      const copy = await renderOne(this.ask, this.message, recipient);
      if (!copy.ok && copy.isStopped) this.stops += 1;
      this.add(copy);
    }
  }

  private add(outcome: CopyOutcome): void {
    this.outcomes.push(outcome);
    if (outcome.ok) this.chars += outcome.value.html.length + outcome.value.text.length;
  }
}

function tooLongTogether() {
  return fail(
    "template_error",
    `The emails of this call become too large together: at most ${BATCH_MAX_CHARS / 1_048_576} MB. Send fewer at a time.`,
  );
}
