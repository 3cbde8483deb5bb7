import type { KeyPlan, Use } from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

type Route = { method: string; route: string };

const LIST = { method: "GET", route: "/contacts" };
const ONE = { method: "GET", route: "/contacts/:idOrEmail" };
const CHANGE = { method: "PUT", route: "/contacts/:idOrEmail" };
const SEND = { method: "POST", route: "/emails" };
const EVENT = { method: "POST", route: "/events" };
const REPORTS = { method: "GET", route: "/campaigns" };
const ME = { method: "GET", route: "/me" };

/** The routes of a use. The more frequent ones stand there more than once. */
const ROUTES: Record<Use, readonly Route[]> = {
  "crm-sync": [CHANGE, CHANGE, CHANGE, ONE, LIST],
  "transactional-email": [SEND, SEND, SEND, ONE, ME],
  analytics: [REPORTS, REPORTS, ME],
  personalization: [ONE, ONE, ONE, EVENT],
};

/** The routes that somebody tries without knowing what a key may do. */
export const SCANNED: readonly Route[] = [
  LIST,
  CHANGE,
  SEND,
  REPORTS,
  { method: "GET", route: "/audiences" },
  { method: "GET", route: "/templates" },
  { method: "GET", route: "/webhooks" },
  { method: "GET", route: "/events" },
  { method: "POST", route: "/contacts" },
  { method: "DELETE", route: "/contacts/:idOrEmail" },
];

/** Calls as a use makes them, with what they read and how many of them do not find what they ask for. */
export function usualCall(
  { use, notFoundShare }: Pick<KeyPlan, "use" | "notFoundShare">,
  calls: number,
  random: Random,
): Route & { notFound: number; contactsRead: number } {
  const route = random.pick(ROUTES[use]);
  const isAboutOne = route === ONE || route === CHANGE;
  const notFound = isAboutOne ? random.poisson(calls * notFoundShare) : 0;
  // A sync asks for what has changed since it last asked. That is mostly little, and seldom a full page.
  const page = () => Math.min(Math.floor(random.logNormal(4, 1.2)), 100);
  const contactsRead = route === LIST ? calls * page() : route === ONE ? calls - notFound : 0;
  return { ...route, notFound: Math.min(notFound, calls), contactsRead: Math.max(contactsRead, 0) };
}

/** A call that every use makes. */
export function anyRoute(random: Random): Route {
  return random.pick([ME, LIST, ONE]);
}
