import { type IncomingMessage, ServerResponse } from "node:http";

type Chunk = string | Uint8Array;

/** A response that goes to nobody: it keeps what is written to it. */
export class DraftResponse extends ServerResponse {
  /** Whether all of it was written. */
  isWhole = false;
  /** The status that was written. Next may set another one later, for an answer that was given up. */
  writtenStatus = 0;
  private readonly chunks: Buffer[] = [];

  constructor(request: IncomingMessage) {
    super(request);
    // Nothing here fails later than where it is written.
    this.on("error", () => {});
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    this.writtenStatus = status;
    // Headers that are only written here could not be read again.
    const headers = rest.at(-1);
    if (typeof headers === "object" && headers !== null && !Array.isArray(headers)) {
      for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    }
    return super.writeHead(status);
  }

  /** The text written so far. */
  text(): string {
    return Buffer.concat(this.chunks).toString("utf8");
  }

  override write(chunk: Chunk, ...rest: unknown[]): boolean {
    if (!this.headersSent) this.writeHead(this.statusCode);
    const [encoding] = rest;
    const as = typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8";
    this.chunks.push(typeof chunk === "string" ? Buffer.from(chunk, as) : Buffer.from(chunk));
    callBack(rest);
    return true;
  }

  override end(...given: unknown[]): this {
    const [chunk, ...rest] = given;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.write(chunk, ...rest);
    else if (!this.headersSent) this.writeHead(this.statusCode);
    callBack(given);
    this.isWhole = true;
    process.nextTick(() => {
      this.emit("finish");
      this.emit("close");
    });
    return this;
  }
}

function callBack(given: unknown[]): void {
  const callback = given.findLast((one) => typeof one === "function");
  if (callback) process.nextTick(callback as () => void);
}
