// Stack traces that lead to the sources instead of the bundle. Node's own way (`process.setSourceMapsEnabled`) reads the
// source map of every module as it is loaded, those of packages too, and keeps them: 70 MB. Here a map is read when an
// error comes from its file, and forgotten a minute later.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const KEPT_MS = 60_000;

/** Lets the traces of errors from the modules below `folder` name the places in their sources. */
export function traceToSources(folder) {
  const bundled = pathToFileURL(folder).href;
  const maps = new Map();

  function mapOf(file) {
    if (!maps.has(file)) {
      maps.set(file, readMap(file));
      setTimeout(() => maps.delete(file), KEPT_MS).unref();
    }
    return maps.get(file);
  }

  function inSources(frame) {
    const [file, line, column] = [
      frame.getFileName(),
      frame.getLineNumber(),
      frame.getColumnNumber(),
    ];
    if (!file?.startsWith(bundled)) return `${frame}`;
    const entry = mapOf(file)?.findEntry(line - 1, column - 1);
    if (!entry?.originalSource) return `${frame}`;
    const source = fileURLToPath(new URL(entry.originalSource, file));
    const place = `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    return `${frame}`.replace(`${file}:${line}:${column}`, place);
  }

  Error.prepareStackTrace = (error, frames) =>
    [header(error), ...frames.map((frame) => `    at ${inSources(frame)}`)].join("\n");
}

function readMap(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, "utf8")));
  } catch {
    return undefined;
  }
}

/** The first line of a trace. An error may have a `message` that cannot be read. */
function header(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
