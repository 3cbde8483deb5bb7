import type { ChangeWords } from "@/lib/access/audit-log/change-words";

/** Longer lists than this are cut to their first few, or they would bury the other changes. */
const ITEMS_MAX = 5;
const ITEMS_OF_LONG = 3;

/** A changed field's value: before and after, or only the one worth saying. A long list opens on a click. */
export function ChangedValue({ from, to }: Pick<ChangeWords, "from" | "to">) {
  if (!isLong({ from, to })) return <Values from={from} to={to} />;
  return (
    <details>
      <summary className="cursor-pointer">
        <Values from={shortened(from)} to={shortened(to)} />
      </summary>
      <div className="mt-1 border-line border-l-2 pl-2">
        <Values from={from} to={to} />
      </div>
    </details>
  );
}

/** Whether a value opens on a click. Then it is a block, which no paragraph may hold. */
export function isLong({ from, to }: Pick<ChangeWords, "from" | "to">): boolean {
  return Math.max(from.length, to.length) > ITEMS_MAX;
}

function Values({ from, to }: Pick<ChangeWords, "from" | "to">) {
  return (
    <>
      {from.length > 0 && (
        <>
          <bdi className="text-ink-2">{from.join(", ")}</bdi>
          <span aria-hidden> → </span>
          <span className="sr-only"> to </span>
        </>
      )}
      <bdi>{to.join(", ")}</bdi>
    </>
  );
}

function shortened(items: readonly string[]): string[] {
  if (items.length <= ITEMS_MAX) return [...items];
  return [`${items.slice(0, ITEMS_OF_LONG).join(", ")} and ${items.length - ITEMS_OF_LONG} more`];
}
