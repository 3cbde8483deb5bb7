"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

type ReaderKey = readonly [key: string, setKey: (key: string) => void];

const Context = createContext<ReaderKey>(["", () => {}]);

/**
 * Keeps the key that a reader typed while they go from call to call. It lives in this page's memory alone: a
 * reload forgets it.
 */
export function ReaderKeyProvider({ children }: { children: ReactNode }) {
  return <Context value={useState("")}>{children}</Context>;
}

/** The key that the reader typed, and the way to change it. */
export function useReaderKey(): ReaderKey {
  return useContext(Context);
}
