/**
 * Everything a key may do, by resource, in the words of the console and of the API's errors: `can` for one
 * action, `all` for every action of the resource together. Safe in a browser.
 */
export const RESOURCES = [
  {
    label: "Contacts",
    explanation: "People, their properties and subscriptions",
    all: "See and change contacts",
    actions: [
      { scope: "contacts:read", label: "Read", can: "See contacts" },
      { scope: "contacts:write", label: "Change", can: "Add, change and delete contacts" },
    ],
  },
  {
    label: "Audiences",
    explanation: "Lists and rules that group contacts",
    all: "See and change audiences",
    actions: [
      { scope: "audiences:read", label: "Read", can: "See audiences" },
      { scope: "audiences:write", label: "Change", can: "Create and change audiences" },
    ],
  },
  {
    label: "Emails",
    explanation: "Single messages, such as receipts",
    all: "Send single emails, and see them",
    actions: [
      { scope: "emails:read", label: "Read", can: "See the emails sent by keys" },
      { scope: "emails:send", label: "Send", can: "Send single emails" },
    ],
  },
  {
    label: "Templates",
    explanation: "Reusable message designs",
    all: "See and change templates",
    actions: [
      { scope: "templates:read", label: "Read", can: "See templates" },
      { scope: "templates:write", label: "Change", can: "Create and change templates" },
    ],
  },
  {
    label: "Campaigns",
    explanation: "Messages to a whole audience",
    all: "Send campaigns, and see their results",
    actions: [
      { scope: "campaigns:read", label: "Read", can: "See campaigns and their results" },
      { scope: "campaigns:send", label: "Send", can: "Send campaigns to whole audiences" },
    ],
  },
  {
    label: "Events",
    explanation: "What contacts did in your shop or app",
    all: "Record and see what contacts do",
    actions: [
      { scope: "events:read", label: "Read", can: "See what contacts did" },
      { scope: "events:write", label: "Record", can: "Record what contacts do" },
    ],
  },
  {
    label: "Webhooks",
    explanation: "Events, sent to a URL",
    all: "Send all events to any URL",
    actions: [{ scope: "webhooks:write", label: "Change", can: "Send all events to any URL" }],
  },
] as const;

export type Resource = (typeof RESOURCES)[number];
export type Scope = Resource["actions"][number]["scope"];

/** Every scope, in the order the console shows them. */
export const SCOPES: readonly Scope[] = RESOURCES.flatMap((resource) =>
  resource.actions.map((action) => action.scope),
);

const KNOWN = new Set<string>(SCOPES);

/** Whether `text` is exactly one of the scopes: no wildcard, no other case, no prefix. */
export function isScope(text: string): text is Scope {
  return KNOWN.has(text);
}

/** A scope in the console's words: `contacts:read` is "Contacts → Read". */
export function scopeInWords(scope: Scope): string {
  const words = labelsOf(scope);
  return words ? `${words.resource} → ${words.action}` : scope;
}

/** The labels of a scope's resource and action: of `contacts:read` "Contacts" and "Read". Null for an unknown scope. */
export function labelsOf(scope: Scope): { resource: string; action: string } | null {
  for (const { label: resource, actions } of RESOURCES) {
    const action = actions.find((candidate) => candidate.scope === scope)?.label;
    if (action) return { resource, action };
  }
  return null;
}
