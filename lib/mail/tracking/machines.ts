/**
 * Programs that say themselves that they are no person's: bots, scanners, and the proxies through which mailbox
 * providers load pictures (`GoogleImageProxy`, `YahooMailProxy`), mostly before anybody looks.
 */
const MACHINE_AGENT = /prox(?:y|ies)|\bbot\b|bot[/;)]|crawler|spider|scanner|slurp|urlscan/i;

/** What Apple Mail sends when it loads pictures ahead for everybody; every browser says more. */
const BARE_AGENT = /^mozilla\/\d\.0$/i;

/** Whether a reader's program says by its name that no person is reading. */
export function isMachineAgent(userAgent: string | null): boolean {
  const agent = userAgent?.trim() ?? "";
  return MACHINE_AGENT.test(agent) || BARE_AGENT.test(agent);
}

const COUNTED_LINK = /\/t\/c\/eml_[0-9a-z]{26}\/[\w-]{22}\?to=([^"&]+)/g;

/** The URLs that the counted links of a message lead to, each once. */
export function countedLinks(html: string): Set<string> {
  return new Set([...html.matchAll(COUNTED_LINK)].map(([, to = ""]) => decodeURIComponent(to)));
}
