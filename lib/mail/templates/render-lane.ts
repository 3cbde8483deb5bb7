import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { TEMPLATE_MAX_CHARS } from "@/lib/mail/templates/limits";
import {
  ANSWER_MAX_CHARS,
  type FoundLink,
  KILL_MS,
  OUTPUT_MAX_CHARS,
  type PartFailure,
  RENDER_MS,
  type Recipient,
  type RenderedMessage,
} from "@/lib/mail/templates/render-limits";
import { SECOND_MS } from "@/lib/platform/clock";
import { FairTurns } from "@/lib/platform/fair-turns";
import { processWide } from "@/lib/platform/process-wide";

/**
 * Asks to take a message, if one is given, and to render copies for the first recipients, at least for one. With
 * `withSamples`, variables that a recipient does not have show as their names.
 */
type RenderQuestion = {
  message?: RenderedMessage;
  recipients: readonly Recipient[];
  withSamples?: boolean;
};
/** The message is no template, or a rendering for each of the first recipients. */
type RenderAnswer = { refused: PartFailure } | { rendered: Rendering[] };

/** Asks for the plain text of an HTML text. */
type PlainTextQuestion = { html: string };
type PlainTextAnswer = { plainText: string };

type Question = RenderQuestion | PlainTextQuestion;
type AnswerTo<Q extends Question> = Q extends PlainTextQuestion ? PlainTextAnswer : RenderAnswer;

/** One recipient's copy, or why there is none. `links` is there where an ending was asked for. */
export type Rendering = { sampled?: string[] } & (
  | { message: RenderedMessage; links?: FoundLink[] }
  | { failure: PartFailure }
);

/** The process was stopped, or stopped itself because its memory was used up. */
export type Stopped = { stopped: "too slow" | "too much memory" };

/** Asks the lane's process one question. */
export type Ask = <Q extends Question>(question: Q) => Promise<AnswerTo<Q> | Stopped>;

const HEAP_MB = 128;
const START_MS = 30 * SECOND_MS;

/** The lane for single messages or for batches: one message never waits for a thousand. */
export function renderLane(kind: "single" | "batch"): RenderLane {
  return processWide(`render-lane.${kind}`, () => new RenderLane());
}

/**
 * A process that renders, and the queue before it. Workspaces take turns, so a workspace with slow templates
 * makes only itself wait. The process is kept between renderings and replaced after it was killed. A thread
 * could not be killed as surely, and would take the whole server with it when its memory ends.
 */
class RenderLane {
  private readonly turns = new FairTurns(1);
  private child: ChildProcess | null = null;

  /** Runs `work` when it is `workspaceId`'s turn; nothing else is asked meanwhile. */
  async take<T>(workspaceId: string, work: (ask: Ask) => Promise<T>): Promise<T> {
    return await this.turns.take(workspaceId, 1, () => work((question) => this.ask(question)));
  }

  private async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q> | Stopped> {
    const child = this.child?.connected ? this.child : await startChild();
    this.child = child;
    child.ref();
    child.channel?.ref();
    const answer = await answerOf(child, question);
    // An idle lane keeps no process alive that wants to end.
    child.unref();
    child.channel?.unref();
    if ("stopped" in answer) this.child = null;
    return answer;
  }
}

async function startChild(): Promise<ChildProcess> {
  const file = path.join(process.cwd(), "lib/mail/templates/render-process.mjs");
  const limits = {
    templateChars: TEMPLATE_MAX_CHARS,
    outputChars: OUTPUT_MAX_CHARS,
    answerChars: ANSWER_MAX_CHARS,
    renderMs: RENDER_MS,
  };
  // Not by `fork`, whose file Next's bundler would look for and not find.
  const heap = `--max-old-space-size=${HEAP_MB}`;
  const child = spawn(process.execPath, [heap, file, JSON.stringify(limits)], {
    // Its environment is empty, in case a template finds a way to read it.
    env: {} as NodeJS.ProcessEnv,
    // Its last words are not logged: the answer already names the workspace whose template it was.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // A process that cannot be reached ends, and its exit is awaited.
  child.on("error", () => {});
  const started = await firstMessage(child, START_MS);
  if ("message" in started) return child;
  throw new Error(`The process that renders templates did not start (${started.ended}).`);
}

async function answerOf<Q extends Question>(
  child: ChildProcess,
  question: Q,
): Promise<AnswerTo<Q> | Stopped> {
  const answer = firstMessage(child, KILL_MS);
  child.send(question, () => {
    // A process that is gone shows by its exit, which is awaited.
  });
  const first = await answer;
  if ("message" in first) return first.message as AnswerTo<Q>;
  return { stopped: first.ended === "timeout" ? "too slow" : "too much memory" };
}

type Outcome = { message: unknown } | { ended: "timeout" | "exit" };

/** The child's next message. A child that says nothing within `timeoutMs` is killed. */
async function firstMessage(child: ChildProcess, timeoutMs: number): Promise<Outcome> {
  return await new Promise((resolve) => {
    const onMessage = (message: unknown) => settle({ message });
    const onExit = () => settle({ ended: "exit" });
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      settle({ ended: "timeout" });
    }, timeoutMs);
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit);
      resolve(outcome);
    };
    child.on("message", onMessage).on("exit", onExit);
  });
}
