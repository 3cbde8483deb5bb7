import { useEffect, useState } from "react";

const TYPING_PAUSE_MS = 300;

/**
 * The text of a filter while it is typed. `onPause` gets it when typing pauses; when `given` changes by
 * another hand (Back, a link), the text follows it.
 */
export function useTypedText(
  given: string,
  onPause: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(given);
  const [sent, setSent] = useState(given);
  const [shown, setShown] = useState(given);
  if (shown !== given) {
    setShown(given);
    // The text comes back trimmed. A space at the end stays, since somebody is about to go on from it.
    if (given !== sent.trim()) {
      setText(given);
      setSent(given);
    }
  }

  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => {
      setSent(text);
      onPause(text.trim());
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, onPause]);

  return [text, setText];
}
