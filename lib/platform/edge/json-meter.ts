/** The deepest a body may be nested. */
export const MAX_DEPTH = 20;
/** The most values of one entry of a batch, or of a body that is none. */
export const MAX_VALUES = 10_000;

/** The most digits of a number that can be a byte. */
const BYTE_DIGITS = 3;

/** The limit that JSON goes beyond. */
export type Excess =
  | "too deep"
  | "too many values"
  | "too large an entry"
  | "too many listed bytes";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

/**
 * Counts the values and the depth of JSON while its bytes arrive, so that nothing is made of too many: a number
 * takes two bytes of JSON and many times that in memory. It reads only quotes, brackets, commas and digits. Whether they are
 * JSON is for the parser to say.
 */
export class JsonMeter {
  private depth = 0;
  private values = 0;
  /** The values of the entry at hand: all that stands between two commas of the outermost list. */
  private inEntry = 0;
  private isInText = false;
  /** Bytes of the next chunk that a backslash at the end of the last one escapes: 0 or 1. */
  private escaped = 0;
  private excess: Excess | null = null;
  /** Which of the brackets open now are lists: a bit for each depth. */
  private lists = 0;
  /** The digits of the value at hand; -1 where it is no plain number. */
  private digits = 0;
  private listedBytes = 0;

  /**
   * `maxValues` is the most values of the whole body. One entry has at most `MAX_VALUES`. Numbers in lists that
   * can be bytes count apart, up to `maxListedBytes`, where a route takes files that way.
   */
  constructor(
    private readonly maxValues: number,
    private readonly maxListedBytes = 0,
  ) {}

  /** Reads on; null as long as all is within the limits. */
  read(bytes: Uint8Array): Excess | null {
    let at = this.escaped;
    while (at < bytes.length && !this.excess) {
      at = this.isInText ? this.passText(bytes, at) : this.passMarkup(bytes, at);
    }
    this.escaped = at - bytes.length;
    return this.excess;
  }

  // Both loops count by hand: an iterator takes three times as long for each byte.

  /** The position behind the text that goes on at `from`. */
  private passText(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at];
      at += byte === BACKSLASH ? 2 : 1;
      if (byte === QUOTE) {
        this.isInText = false;
        return at;
      }
    }
    return at;
  }

  /** The position where the next text begins; the values up to there are counted. */
  private passMarkup(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.isInText = true;
        this.digits = -1;
        return at + 1;
      }
      this.count(byte);
      if (this.excess) return at;
    }
    return bytes.length;
  }

  private count(byte: number | undefined): void {
    if (byte === COMMA) this.passComma();
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.open(byte === OPEN_LIST);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.close();
    else if (isDigit(byte)) this.digits += this.digits < 0 ? 0 : 1;
    else if (!isSpace(byte)) this.digits = -1;
  }

  /** The value before the comma tells whether it was a listed byte; the last of a list counts as a value. */
  private passComma(): void {
    const isInList = (this.lists & (1 << this.depth)) !== 0;
    const isByte = isInList && this.digits > 0 && this.digits <= BYTE_DIGITS;
    this.digits = 0;
    if (isByte && this.maxListedBytes > 0) this.addListedByte();
    else this.addValue();
  }

  private addListedByte(): void {
    this.listedBytes += 1;
    if (this.listedBytes > this.maxListedBytes) this.excess = "too many listed bytes";
  }

  private close(): void {
    this.depth -= 1;
    this.digits = -1;
  }

  private open(isList: boolean): void {
    this.depth += 1;
    this.digits = 0;
    this.lists = isList ? this.lists | (1 << this.depth) : this.lists & ~(1 << this.depth);
    if (this.depth > MAX_DEPTH) this.excess = "too deep";
    else this.addValue();
  }

  /** Each value but one follows a comma or an opening bracket. */
  private addValue(): void {
    this.values += 1;
    this.inEntry = this.depth > 1 ? this.inEntry + 1 : 1;
    if (this.values > this.maxValues) this.excess = "too many values";
    else if (this.inEntry > MAX_VALUES) this.excess = "too large an entry";
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
