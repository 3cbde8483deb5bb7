import { processWide } from "@/lib/platform/process-wide";

/** Those in this process who want to know when calls of a workspace are stored. */
export class CallWatchers {
  readonly #byWorkspace = new Map<string, Set<() => void>>();

  /** Calls `onStored` whenever calls of the workspace were stored, until the function that it returns is called. */
  watch(workspaceId: string, onStored: () => void): () => void {
    const watchers = this.#byWorkspace.get(workspaceId) ?? new Set();
    this.#byWorkspace.set(workspaceId, watchers.add(onStored));
    return () => {
      watchers.delete(onStored);
      if (watchers.size === 0) this.#byWorkspace.delete(workspaceId);
    };
  }

  tell(workspaceId: string): void {
    for (const onStored of this.#byWorkspace.get(workspaceId) ?? []) onStored();
  }

  tellAll(): void {
    for (const workspaceId of this.#byWorkspace.keys()) this.tell(workspaceId);
  }
}

/** The watchers of this process. */
export function callWatchers(): CallWatchers {
  return processWide("call-watchers", () => new CallWatchers());
}
