import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import {
  KILL_MS,
  OUTPUT_MAX_CHARS,
  type PartFailure,
  RENDER_MS,
  type RenderedMessage,
  type Variables,
} from "@/lib/mail/templates/render-limits";
import { TEMPLATE_MAX_CHARS } from "@/lib/mail/templates/schema";
import { SECOND_MS } from "@/lib/platform/clock";
import { processWide } from "@/lib/platform/process-wide";

/**
 * To take a message, if one is given, and to render it for each of `variables`; with samples for those that it
 * names besides, if that is asked.
 */
type RenderQuestion = {
  message?: RenderedMessage;
  variables: readonly Variables[];
  withSamples?: boolean;
};
/** The message is no template, or what became of each of the variables. */
type RenderAnswer = { refused: PartFailure } | { rendered: Rendering[] };

/** To say in plain text what an HTML text says. */
type PlainTextQuestion = { html: string };
type PlainTextAnswer = { plainText: string };

type Question = RenderQuestion | PlainTextQuestion;
type AnswerTo<Q extends Question> = Q extends PlainTextQuestion ? PlainTextAnswer : RenderAnswer;

export type Rendering = { sampled?: string[] } & (
  | { message: RenderedMessage }
  | { failure: PartFailure }
);

/** That the process had to be stopped, or stopped itself because its memory was used up. */
export type Stopped = { stopped: "too slow" | "too much memory" };

/** Asks the lane's process one question. */
export type Ask = <Q extends Question>(question: Q) => Promise<AnswerTo<Q> | Stopped>;

type Work = (ask: Ask) => Promise<void>;

const HEAP_MB = 128;
const START_MS = 30 * SECOND_MS;

/** Single messages and batches have a lane each, so that one message never waits for a thousand. */
export function renderLane(kind: "single" | "batch"): RenderLane {
  return processWide(`render-lane.${kind}`, () => new RenderLane());
}

/**
 * A process that renders, and the queue before it. Work of several workspaces takes turns, so that one
 * whose templates are slow makes nobody wait but itself. The process is kept between renderings and
 * replaced after it was killed: a thread could not be killed as surely, and would take the whole server
 * with it when its memory ends.
 */
class RenderLane {
  private readonly waiting = new Map<string, Work[]>();
  private working = false;
  private lastServed: string | null = null;
  private child: ChildProcess | null = null;

  /** Runs `work` when it is `workspaceId`'s turn; nothing else is asked meanwhile. */
  async take<T>(workspaceId: string, work: (ask: Ask) => Promise<T>): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const turn: Work = async (ask) => await work(ask).then(resolve, reject);
      this.waiting.set(workspaceId, [...(this.waiting.get(workspaceId) ?? []), turn]);
      void this.workOff();
    });
  }

  private async workOff(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let turn = this.nextTurn(); turn; turn = this.nextTurn()) {
      await turn((question) => this.ask(question));
    }
    this.working = false;
    // An idle lane keeps no process alive that wants to end.
    this.child?.unref();
    this.child?.channel?.unref();
  }

  /** The next work of the workspace that has waited longest, another one than the last if there is any. */
  private nextTurn(): Work | undefined {
    const workspaces = [...this.waiting.keys()];
    const next = workspaces.find((id) => id !== this.lastServed) ?? workspaces[0];
    if (next === undefined) return undefined;
    const [turn, ...rest] = this.waiting.get(next) ?? [];
    this.waiting.delete(next);
    if (rest.length > 0) this.waiting.set(next, rest);
    this.lastServed = next;
    return turn;
  }

  private async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q> | Stopped> {
    const child = this.child?.connected ? this.child : await startChild();
    this.child = child;
    child.ref();
    child.channel?.ref();
    const answer = await answerOf(child, question);
    if ("stopped" in answer) this.child = null;
    return answer;
  }
}

async function startChild(): Promise<ChildProcess> {
  const file = path.join(process.cwd(), "lib/mail/templates/render-process.mjs");
  const limits = {
    templateChars: TEMPLATE_MAX_CHARS,
    outputChars: OUTPUT_MAX_CHARS,
    renderMs: RENDER_MS,
  };
  // Not by `fork`, whose file Next's bundler would look for and not find.
  const heap = `--max-old-space-size=${HEAP_MB}`;
  const child = spawn(process.execPath, [heap, file, JSON.stringify(limits)], {
    // Nothing of ours is in its environment, whatever a template may find a way to read.
    env: {} as NodeJS.ProcessEnv,
    // What it would say of its own death is not for the log: whose template it was is in the answer.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // A process that cannot be reached is one that ends, and its exit is awaited.
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
    // That it is gone shows by the exit, which is awaited.
  });
  const first = await answer;
  if ("message" in first) return first.message as AnswerTo<Q>;
  return { stopped: first.ended === "timeout" ? "too slow" : "too much memory" };
}

type Outcome = { message: unknown } | { ended: "timeout" | "exit" };

/** The child's next message. One that says nothing within `timeoutMs` is killed. */
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
