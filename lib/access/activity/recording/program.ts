const LONGEST = 60;
/** The end of a program's name. Its version follows, or what else it says about itself. */
const AFTER_NAME = /[/ (;,]/;

/**
 * The name of a program without its version, so that it is known again after an update: "HubSpot-Sync/3.1" is
 * "hubspot-sync". Empty where the program does not name itself.
 */
export function programOf(userAgent: string): string {
  const end = userAgent.search(AFTER_NAME);
  const name = end < 0 ? userAgent : userAgent.slice(0, end);
  return name.slice(0, LONGEST).toWellFormed().toLowerCase();
}
