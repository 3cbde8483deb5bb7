/** Somebody's wish for `amount`, and what grants it. */
type Wish = { amount: number; grant: () => void };

/**
 * Turns at something of which there is only so much: a process, or memory for large bodies. Owners take turns, so
 * an owner with many wishes makes only itself wait.
 */
export class FairTurns {
  private readonly waiting = new Map<string, Wish[]>();
  private readonly taken = new Map<string, number>();
  private lastServed: string | null = null;

  /** `capacity` is what all have together, `perOwner` the most of it that one owner has at a time. */
  constructor(
    private readonly capacity: number,
    private readonly perOwner: number = capacity,
  ) {}

  /** Runs `work` once `owner` has been given `amount`, which is at most `perOwner`, and takes it back after that. */
  async take<T>(owner: string, amount: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((grant) => {
      this.waiting.set(owner, [...(this.waiting.get(owner) ?? []), { amount, grant }]);
      this.grantNext();
    });
    try {
      return await work();
    } finally {
      this.change(owner, -amount);
      this.grantNext();
    }
  }

  private grantNext(): void {
    for (let owner = this.next(); owner !== null; owner = this.next()) this.serve(owner);
  }

  /** The owner whose turn it is, if there is enough for its wish: a large wish is not overtaken by small ones. */
  private next(): string | null {
    const able = [...this.waiting.keys()].filter((owner) => this.fitsOwner(owner));
    const owner = able.find((one) => one !== this.lastServed) ?? able[0];
    if (owner === undefined) return null;
    const all = [...this.taken.values()].reduce((sum, amount) => sum + amount, 0);
    return all + this.wishOf(owner).amount <= this.capacity ? owner : null;
  }

  private fitsOwner(owner: string): boolean {
    return (this.taken.get(owner) ?? 0) + this.wishOf(owner).amount <= this.perOwner;
  }

  private wishOf(owner: string): Wish {
    const [wish] = this.waiting.get(owner) ?? [];
    if (!wish) throw new Error("Nobody waits here.");
    return wish;
  }

  /** Grants the owner's first wish. What else it waits for comes after the other owners' wishes. */
  private serve(owner: string): void {
    const [wish, ...rest] = this.waiting.get(owner) ?? [];
    this.waiting.delete(owner);
    if (rest.length > 0) this.waiting.set(owner, rest);
    this.lastServed = owner;
    if (!wish) return;
    this.change(owner, wish.amount);
    wish.grant();
  }

  private change(owner: string, by: number): void {
    const amount = (this.taken.get(owner) ?? 0) + by;
    if (amount > 0) this.taken.set(owner, amount);
    else this.taken.delete(owner);
  }
}
