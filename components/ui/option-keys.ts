import { useRef } from "react";

/** Letters typed within this time of each other are one word. */
const PAUSE_MS = 800;

/** The parts of a keyboard event that decide. */
type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  timeStamp: number;
};

/** Where an arrow, Home or End leads from the option `at`; undefined for any other key. */
export function placeByKey(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowDown") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}

/**
 * The option that typing leads to: the next one whose label starts with what was typed, from the option
 * `at` on. The same letter again goes on to the next one with it. -1 when there is none.
 */
export function placeByTyping(labels: readonly string[], at: number, typed: string): number {
  const letters = [...typed.toLowerCase()];
  const wanted = letters.every((letter) => letter === letters[0]) ? letters.slice(0, 1) : letters;
  // A longer word may still be the one that the focus is on.
  const from = wanted.length === 1 ? at + 1 : Math.max(at, 0);
  const order = labels.map((_, step) => (from + step) % labels.length);
  const start = wanted.join("");
  return order.find((place) => labels[place]?.toLowerCase().startsWith(start)) ?? -1;
}

/** Remembers what is being typed over a list. Answers the place it leads to, or null for other keys. */
export function useTyping(labels: readonly string[]) {
  const typing = useRef({ word: "", until: 0 });

  return (press: KeyPress, at: number): { place: number } | null => {
    const letter = [...press.key].length === 1 && press.key !== " ";
    if (!letter || press.ctrlKey || press.metaKey || press.altKey) return null;
    const { word, until } = typing.current;
    const typed = press.timeStamp < until ? word + press.key : press.key;
    typing.current = { word: typed, until: press.timeStamp + PAUSE_MS };
    const place = placeByTyping(labels, at, typed);
    return place < 0 ? null : { place };
  };
}
