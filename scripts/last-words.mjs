// The last words of a start, or of an operator's command, that failed.

/** Failures that the operator can mend by a setting, a folder or the database. Their messages say all there is. */
const MENDABLE = [
  "InvalidSettingsError",
  "DataDirInUseError",
  "DatabaseUnreachableError",
  "MissingGrantsError",
];

/** The level of the log for the end of the process. */
const FATAL = 60;

/** True where the operator can mend it, so that a stack trace would only be in the way. */
export function isMendable(error) {
  return MENDABLE.includes(error?.constructor?.name);
}

/**
 * Says why the process does not start: in plain words for people, or as a line of the log, so that whoever searches the log
 * for what ended finds it. The log itself cannot write it: without settings there is none. `error` may be the words.
 */
export function lastWords(error, { plain, now }) {
  const { message, stack } = causeOf(error);
  if (plain) return stack ?? message;
  const err = stack && { type: error.name, message, stack };
  return JSON.stringify({ level: FATAL, time: now.toISOString(), err, msg: message });
}

function causeOf(error) {
  if (error?.code === "EADDRINUSE") {
    return { message: `Port ${error.port} is taken: set PORT to another one.` };
  }
  if (!(error instanceof Error)) return { message: String(error) };
  return isMendable(error) ? { message: error.message } : error;
}
