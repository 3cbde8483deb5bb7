import { initialsOf } from "@/lib/platform/format/names";

/** A person's initials; the name itself must stand beside it. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="inline-grid size-[22px] shrink-0 place-items-center rounded-full bg-bg-sunken font-semibold text-[10px] text-ink-2 inset-ring inset-ring-line"
    >
      {initialsOf(name)}
    </span>
  );
}
