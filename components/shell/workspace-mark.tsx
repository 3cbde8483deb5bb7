/** The postern and the name of the workspace behind it. */
export function WorkspaceMark({ name }: { name: string }) {
  return (
    <div className="flex min-w-0 items-center gap-2 font-semibold text-sm">
      <Logo />
      <bdi className="truncate" title={name}>
        {name}
      </bdi>
    </div>
  );
}

/** A small door. */
export function Logo() {
  return (
    <span
      aria-hidden
      className="grid size-[22px] shrink-0 place-items-center rounded-sm bg-accent text-accent-on"
    >
      <svg
        viewBox="0 0 24 24"
        className="size-3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
      >
        <title>Postern</title>
        <path
          d="M4 21h16M6 21V9a6 6 0 0 1 12 0v12M10 21V10.5a2 2 0 0 1 4 0V21"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
