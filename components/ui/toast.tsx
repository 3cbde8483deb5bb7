"use client";

import { CircleCheck, X } from "lucide-react";
import { useSyncExternalStore } from "react";

const VISIBLE_MS = 5_000;

type Message = { id: number; text: string };

let messages: readonly Message[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const NOTHING: readonly Message[] = [];

/** Says in a corner that something was done. Never a secret, and never the only place for an error. */
export function toast(text: string): void {
  const message = { id: nextId, text };
  nextId += 1;
  publish([...messages, message]);
  setTimeout(() => dismiss(message.id), VISIBLE_MS);
}

/** Where toasts appear; one in the root layout. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => messages,
    () => NOTHING,
  );
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex flex-col items-end gap-2"
    >
      {shown.map((message) => (
        <div
          key={message.id}
          className="pointer-events-auto flex max-w-96 animate-appear items-center gap-2 rounded-md bg-surface py-2 pr-2 pl-3.5 text-sm shadow-floating"
        >
          <CircleCheck aria-hidden className="size-4 text-ok" />
          <span className="min-w-0">{message.text}</span>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(message.id)}
            className="grid size-7 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-bg-sunken"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
    </div>
  );
}

function dismiss(id: number) {
  publish(messages.filter((message) => message.id !== id));
}

function publish(next: readonly Message[]) {
  messages = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
