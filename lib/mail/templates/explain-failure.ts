import { OUTPUT_MAX_CHARS, type PartFailure } from "@/lib/mail/templates/render-limits";
import { type Failure, fail } from "@/lib/platform/result";

const PART_NAMES = { subject: "the subject", html: "the HTML", text: "the text" } as const;

const FILE_TAGS = new Set(["include", "render", "layout", "block"]);

/** The engine's messages, in the words of somebody who writes mails and no programs. */
const EXPLANATIONS: readonly { said: RegExp; means: (name: string) => string }[] = [
  {
    said: /^undefined variable: (.+)$/,
    means: (name) => `“${name}” is not known here. Give it a fallback: {{ ${name} | default: "" }}`,
  },
  { said: /^undefined filter: (.+)$/, means: (name) => `There is no filter called “${name}”.` },
  { said: /^tag "?(end\w+)"? not found$/, means: (name) => `“${name}” ends nothing here.` },
  {
    said: /^tag "(.+)" not found$/,
    means: (name) =>
      FILE_TAGS.has(name)
        ? `“${name}” cannot be used: a template stands by itself.`
        : `There is no tag called “${name}”.`,
  },
  { said: /^(?:output|tag) "?(.+?)"? not closed$/, means: (text) => `${cut(text)} is not closed.` },
  { said: /^invalid value expression: "(.*)"$/, means: () => "A value is missing or misspelt." },
  {
    said: /^(?:illegal tag|unexpected) (.+)$/,
    means: (text) => `${cut(text)} is not expected here.`,
  },
  { said: /render limit exceeded$/, means: () => "It takes too long to render." },
  { said: /(?:alloc|output) limit exceeded$|^Invalid string length/, means: () => tooLong() },
  { said: /^Maximum call stack/, means: () => "It is nested too deeply." },
];

/** The failure for a template that cannot be rendered: line and reason, at the part they are in. */
export function templateError({ part, line, reason }: PartFailure): Failure<"template_error"> {
  const what = explain(reason);
  if (!part) return fail("template_error", what, { html: [what] });
  const where = line ? `Line ${line} of ${PART_NAMES[part]}` : capital(PART_NAMES[part]);
  const message = `${where}: ${what}`;
  return fail("template_error", message, { [part]: [line ? `Line ${line}: ${what}` : what] });
}

/** The failure for a template whose rendering had to be stopped. */
export type StoppedError = Failure<"template_error"> & { isStopped: true };

/** The failure for a template whose rendering was stopped, with its process. */
export function stoppedError(stopped: "too slow" | "too much memory"): StoppedError {
  const reason = stopped === "too slow" ? "render limit exceeded" : "alloc limit exceeded";
  return { ...templateError({ reason }), isStopped: true };
}

/** Words with which the engine itself stops a rendering that takes all its time or memory. */
const STOPPED = /(?:render|alloc) limit exceeded$/;

/** The failure for one recipient's copy. */
export function renderingError(failure: PartFailure): Failure<"template_error"> | StoppedError {
  const failed = templateError(failure);
  return STOPPED.test(failure.reason) ? { ...failed, isStopped: true } : failed;
}

function explain(reason: string): string {
  for (const { said, means } of EXPLANATIONS) {
    const match = said.exec(reason);
    if (match) return means(match[1] ?? "");
  }
  return capital(`${reason.replace(/\.$/, "")}.`);
}

function tooLong(): string {
  return `It becomes too large: a message may have ${OUTPUT_MAX_CHARS / 1_024} KB.`;
}

function cut(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
