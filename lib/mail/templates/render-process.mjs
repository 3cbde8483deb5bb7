// Renders Liquid in a process of its own, because a template is a program that a stranger wrote: its parent
// kills it when it takes too long, and its heap is too small to hurt anybody. Everything else that reads a
// stranger's HTML happens here too: its links, its ending, its plain text. Plain JavaScript, so that it needs
// no TypeScript loader. It is told only texts, their variables and public addresses, never a secret: its
// environment is empty, and it opens nothing.
import { setPriority } from "node:os";
import { Script } from "node:vm";
import { compile } from "html-to-text";
import { Drop, Liquid } from "liquidjs";
import { withEnding } from "./message-ending.mjs";

const [limits] = process.argv.slice(2).map((text) => JSON.parse(text));
const FILE_TAGS = ["include", "render", "layout", "block"];
const PARTS = ["subject", "html", "text"];

// Requests are answered before templates are rendered.
setPriority(5);

/** A thing of which only the name is known. Its properties and its items are such things too. */
class Sample extends Drop {
  #name;
  /** A thing without properties counts as empty. No template can name this one. */
  " " = true;

  constructor(name) {
    super();
    this.#name = name;
  }

  liquidMethodMissing(key) {
    return new Sample(`${this.#name}.${String(key)}`);
  }

  valueOf() {
    return this;
  }

  toString() {
    return #name in this ? `[${this.#name}]` : "";
  }

  *[Symbol.iterator]() {
    yield this;
  }
}
// What every object has is no property of the thing.
Sample.prototype.constructor = undefined;

const html = engine({ outputEscape: "escape" });
const plain = engine({});

function engine(options) {
  const made = new Liquid({
    ...options,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
    locale: "en-US",
    // Nothing is read from disk: other templates come from this empty map, and the tags are gone too.
    templates: {},
    parseLimit: limits.templateChars,
    renderLimit: limits.renderMs,
    memoryLimit: limits.outputChars * 4,
  });
  for (const tag of FILE_TAGS) delete made.tags[tag];
  for (const [name, filter] of Object.entries(made.filters)) made.filters[name] = sparing(filter);
  return made;
}

/** The filter, leaving samples as they are: half a name in brackets says nothing, and no sum of it is true. */
function sparing(filter) {
  const handler = filter.handler ?? filter;
  function spare(input, ...rest) {
    return input instanceof Sample ? input : handler.call(this, input, ...rest);
  }
  return filter.handler ? { ...filter, handler: spare } : spare;
}

const convert = compile({
  wordwrap: false,
  // Mails are tables in tables, but not that many.
  limits: { maxDepth: 150 },
  selectors: [
    { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
    // A line for each row, and a space between its cells, whether they hold data or only a layout.
    { selector: "tr", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...["td", "th"].map((selector) => ({
      selector,
      format: "inlineSurround",
      options: { suffix: " " },
    })),
    // The picture that reports openings, and others that say nothing without being seen.
    { selector: "img", format: "skip" },
  ],
});

/** The words of an HTML text, without the empty lines and line ends that its layout leaves behind. */
function plainTextOf(text) {
  const lines = convert(text).split("\n");
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n");
}

let parsed;
let asked;

function answer(question) {
  if ("html" in question) return { plainText: plainTextOf(question.html) };
  return answerRendered(question);
}

/**
 * Takes the new message, if there is one, and renders a copy for the first recipients, at least for one. With `withSamples`, variables
 * that the recipient does not have show as their names.
 */
function answerRendered({ message, recipients, withSamples }) {
  try {
    if (message) {
      parsed = null;
      parsed = parse(message);
    }
  } catch (error) {
    return { refused: explain(error) };
  }
  return { rendered: renderSome(recipients, withSamples ? renderSample : renderCopy) };
}

/** Renders for the first recipients, until their copies together are long enough for one answer. */
function renderSome(recipients, renderOne) {
  const rendered = [];
  let chars = 0;
  for (const recipient of recipients) {
    const rendering = renderOne(recipient);
    rendered.push(rendering);
    if ("message" in rendering)
      chars += rendering.message.html.length + rendering.message.text.length;
    if (chars > limits.answerChars) break;
  }
  return rendered;
}

function parse(message) {
  const parsePart = (part) => inPart(part, () => engineOf(part).parse(message[part]));
  return Object.fromEntries(PARTS.map((part) => [part, parsePart(part)]));
}

/** One recipient's copy: the message, and its ending where one is asked for. */
function renderCopy({ variables, ending }) {
  const rendered = render(variables);
  if (!ending || "failure" in rendered) return rendered;
  const { chars, ...copy } = withEnding(rendered.message, ending);
  return chars > limits.outputChars ? tooLong("html") : copy;
}

function render(variables) {
  const message = {};
  let chars = 0;
  try {
    for (const part of PARTS) {
      message[part] = inPart(part, () => engineOf(part).renderSync(parsed[part], variables));
      chars += message[part].length;
      if (chars > limits.outputChars) return tooLong(part);
    }
  } catch (error) {
    return { failure: explain(error) };
  }
  return { message };
}

function tooLong(part) {
  return { failure: { part, reason: "output limit exceeded" } };
}

/** Renders with a sample for each variable that the recipient does not have, and names those. */
function renderSample({ variables }) {
  const unknown = PARTS.flatMap((part) => engineOf(part).globalVariableSegmentsSync(parsed[part]))
    // A name in square brackets may be a variable itself; nobody can tell, so it is left out.
    .map((segments) => segments.filter((segment) => !Array.isArray(segment)))
    .filter(([name]) => !Object.hasOwn(variables, name));
  const samples = unknown.map(([name]) => [name, new Sample(name)]);
  const sampled = [...new Set(unknown.map((segments) => segments.join(".")))];
  return { ...render({ ...Object.fromEntries(samples), ...variables }), sampled };
}

function engineOf(part) {
  return part === "html" ? html : plain;
}

/** Does the work; an error carries the part of the message it came up in. */
function inPart(part, work) {
  try {
    return work();
  } catch (error) {
    error.part = part;
    throw error;
  }
}

function explain(error) {
  const [line] = error.token?.getPosition?.() ?? [];
  const cause = error.originalError ?? error;
  const [words] = cause.message.split("\n");
  // The place follows, for programmers.
  const [reason] = words.split(/, (?:file|line):/);
  return { part: error.part, line, reason };
}

globalThis.answerAsked = () => answer(asked);
const run = new Script("answerAsked()");

process.on("message", (question) => {
  asked = question;
  try {
    // The parent kills long before this limit. It stops a process whose parent is gone.
    process.send(run.runInThisContext({ timeout: limits.renderMs * 10 }));
  } catch {
    process.exit(1);
  }
});
process.on("disconnect", () => process.exit(0));

// The first rendering takes long, so it is done before anybody counts the time.
answer({
  message: { subject: "{{ a }}", html: "{% if a %}{{ a | default: 'b' }}{% endif %}", text: "" },
  recipients: [
    {
      variables: { a: 1 },
      ending: {
        unsubscribe: "a",
        footer: { html: "<a href=b>c</a>", text: "" },
        picture: "",
        linkChars: 0,
      },
    },
  ],
});
process.send({ ready: true });
