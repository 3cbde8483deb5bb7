import type { ReactNode } from "react";
import { Code } from "./docs-section";

const MARKS = /\*\*(.+?)\*\*|`(.+?)`/g;

/** The Markdown that descriptions in the OpenAPI document use: paragraphs, bold words and code. */
export function InlineMarkdown({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => <p key={paragraph}>{marked(paragraph)}</p>);
}

function marked(paragraph: string): ReactNode[] {
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const { 0: whole, 1: bold, 2: code, index } of paragraph.matchAll(MARKS)) {
    pieces.push(paragraph.slice(done, index));
    if (bold !== undefined) pieces.push(<strong key={index}>{bold}</strong>);
    else pieces.push(<Code key={index}>{code}</Code>);
    done = index + whole.length;
  }
  return [...pieces, paragraph.slice(done)];
}
