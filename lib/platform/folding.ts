import { setTimeout } from "node:timers/promises";

/** A piece of work that waits for its turn, and how its caller is told the outcome. */
type Waiting<Item, Outcome> = {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
};

/** How pieces of work are folded. */
export type FoldingOptions<Item, Outcome> = {
  /** Does several pieces at once; returns their outcomes in the same order. */
  work: (items: readonly Item[]) => Promise<Outcome[]>;
  /** Whether `next` may be done together with these. */
  fits: (items: readonly Item[], next: Item) => boolean;
  /** The most pieces done at once. */
  max: number;
  /** The pause of a place after each of its works, in which pieces gather; none when left out. */
  restMs?: number;
};

/**
 * Does pieces of work of one place one after another, and those that arrive meanwhile together: writers that would
 * queue up for one row of the database anyway then share their statements. A piece that comes alone waits for nobody.
 */
export class Folding<Item, Outcome> {
  private readonly places = new Map<string, Waiting<Item, Outcome>[]>();

  constructor(private readonly options: FoldingOptions<Item, Outcome>) {}

  /** The outcome of `item`. Throws what its work throws; a piece that fails fails alone. */
  async add(place: string, item: Item): Promise<Outcome> {
    return await new Promise((resolve, reject) => {
      const waiting = this.places.get(place);
      if (waiting) {
        waiting.push({ item, resolve, reject });
        return;
      }
      const queue = [{ item, resolve, reject }];
      this.places.set(place, queue);
      void this.workThrough(place, queue);
    });
  }

  private async workThrough(place: string, queue: Waiting<Item, Outcome>[]): Promise<void> {
    const { restMs } = this.options;
    while (queue.length > 0) {
      await this.doTogether(queue.splice(0, this.lengthOfFirst(queue)));
      if (restMs) await setTimeout(restMs);
    }
    this.places.delete(place);
  }

  /** The number of pieces at the head of the queue that can be done together. */
  private lengthOfFirst(queue: readonly Waiting<Item, Outcome>[]): number {
    const items: Item[] = [];
    for (const { item } of queue) {
      const isFull = items.length >= this.options.max;
      if (isFull || (items.length > 0 && !this.options.fits(items, item))) break;
      items.push(item);
    }
    return items.length;
  }

  private async doTogether(group: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.options.work(group.map(({ item }) => item));
      for (const [at, { resolve }] of group.entries()) resolve(outcomes[at] as Outcome);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else await Promise.all(group.map((one) => this.doTogether([one])));
    }
  }
}
