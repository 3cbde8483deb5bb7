import { callWatchers } from "@/lib/access/activity/watching/call-watchers";
import {
  BEAT_MS,
  CALLS_EVENT,
  PER_MEMBER_MAX,
  PER_PROCESS_MAX,
} from "@/lib/access/activity/watching/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { SECOND_MS } from "@/lib/platform/clock";
import { processWide } from "@/lib/platform/process-wide";
import { fail, ok, type Result } from "@/lib/platform/result";

/** The time after which a browser comes back to a stream that ended. */
const COME_BACK_MS = SECOND_MS;
/** The shortest time between two events of a stream. */
const PAUSE_MS = 500;
/** The most pieces that wait for a reader. One who reads nothing loses the stream. */
const UNREAD_MAX = 16;

const encoder = new TextEncoder();

/**
 * Opens a stream of server-sent events that says when calls of the actor's workspace were stored. The first event comes
 * at once, so that whoever comes back looks for what came in meanwhile. `isStillLetIn` is asked at every beat. The
 * stream ends when it says no, when the reader goes or does not read, and when the process ends.
 */
export function openLiveStream(
  actor: MemberActor,
  isStillLetIn: () => Promise<boolean>,
): Result<ReadableStream<Uint8Array>, "too_many" | "busy"> {
  const { open, isOver } = liveStreams();
  const mine = [...open].filter(({ memberId }) => memberId === actor.memberId).length;
  if (mine >= PER_MEMBER_MAX) {
    return fail("too_many", `You have Live on in ${PER_MEMBER_MAX} windows. Close one of them.`);
  }
  if (isOver || open.size >= PER_PROCESS_MAX) {
    return fail("busy", "Live is not available just now. Try again in a moment.");
  }
  const stream = new LiveStream(actor, isStillLetIn, (ended) => open.delete(ended));
  open.add(stream);
  return ok(stream.readable);
}

/** Ends all streams of this process and opens no more, so that it need not wait for them before it ends. */
export function endLiveStreams(): void {
  const streams = liveStreams();
  streams.isOver = true;
  for (const stream of streams.open) stream.end();
}

function liveStreams(): { open: Set<LiveStream>; isOver: boolean } {
  return processWide("live-streams", () => ({ open: new Set<LiveStream>(), isOver: false }));
}

class LiveStream {
  readonly memberId: string;
  readonly readable: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly #leave: () => void;
  readonly #beating: NodeJS.Timeout;
  #resting: NodeJS.Timeout | null = null;
  #isDue = false;

  constructor(
    { memberId, workspaceId }: MemberActor,
    isStillLetIn: () => Promise<boolean>,
    onEnd: (stream: LiveStream) => void,
  ) {
    this.memberId = memberId;
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#stop(),
    });
    const unwatch = callWatchers().watch(workspaceId, () => this.#tell());
    this.#leave = () => {
      unwatch();
      onEnd(this);
    };
    this.#beating = setInterval(() => void this.#beat(isStillLetIn), BEAT_MS);
    this.#beating.unref();
    this.#send(`retry: ${COME_BACK_MS}\n\n`);
    this.#tell();
  }

  /** Tells the reader that there is no more. */
  end(): void {
    this.#stop();
    this.#controller.close();
  }

  #stop(): void {
    clearInterval(this.#beating);
    if (this.#resting) clearTimeout(this.#resting);
    this.#leave();
  }

  /** Sends an event now, or once the pause since the last one is over. */
  #tell(): void {
    if (this.#resting) {
      this.#isDue = true;
      return;
    }
    this.#isDue = false;
    this.#resting = setTimeout(() => {
      this.#resting = null;
      if (this.#isDue) this.#tell();
    }, PAUSE_MS);
    this.#send(`event: ${CALLS_EVENT}\ndata:\n\n`);
  }

  /** Keeps the connection open, shows the browser that it lives, and asks whether the member may still look. */
  async #beat(isStillLetIn: () => Promise<boolean>): Promise<void> {
    const mayGoOn = await isStillLetIn().catch(() => false);
    if (!liveStreams().open.has(this)) return;
    if (mayGoOn) this.#send("event: beat\ndata:\n\n");
    else this.end();
  }

  #send(text: string): void {
    if ((this.#controller.desiredSize ?? 0) < -UNREAD_MAX) this.end();
    else this.#controller.enqueue(encoder.encode(text));
  }
}
