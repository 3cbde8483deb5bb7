/** The text before the first route of the OpenAPI document, in Markdown. */
export const API_INTRODUCTION = `What a program can do in a Postern workspace with an API key.

Send the key with every call as \`Authorization: Bearer <key>\`, or as the user name or the password of HTTP Basic. \`GET /me\`
works with every valid key and says what it may do.

**Lists** come newest first. \`limit\` says how many (1 to 100, 50 if left out); pass \`next_cursor\` on as
\`after\` while \`has_more\` is true, or \`previous_cursor\` as \`before\` to go back, with the same filters.
Entries that are added or deleted meanwhile move nothing.

**Errors** are \`application/problem+json\` (RFC 9457). Decide by \`code\`; \`type\` leads to a page that explains
it. A path that is no route is answered with 404, another method with 405 and \`Allow\`.

**Repeating a POST** is safe with an \`Idempotency-Key\`: for 24 hours the same call takes effect once.

**Limits** are per key and minute, and stand in the \`RateLimit\` headers of every answer. Over the limit the
answer is 429 with \`Retry-After\`. A key may have budgets too, of contacts it reads and people it writes to: the
first call beyond one is 429 \`budget_exceeded\`, and so are those like it until the hour or day is over.

Times are RFC 3339 in UTC. Ids carry a prefix that says what they name, and sort by time.`;

/** One line on each group of routes. */
export const TAG_DESCRIPTIONS: Readonly<Record<string, string>> = {
  Key: "The key that makes the call.",
  Contacts: "The people the workspace writes to, within the key's environment.",
  Audiences: "Groups of contacts, kept by hand or by a rule.",
  "Segments (the same as audiences)":
    "The word that the official resend client has for audiences. The same resource under other paths.",
  Events: "What contacts did in your shop or app, and what is known of them.",
  Emails: "Order mails, passwords, reminders: what a program sends to somebody.",
  Templates: "Reusable message designs, filled in for each recipient.",
  Webhooks:
    "URLs that hear of what happens, each event by a signed POST. [How to receive them](/docs/webhooks).",
  Campaigns: "Messages to a whole audience, and what became of them.",
  "Contacts of audiences": "Who is in an audience, and which audiences a contact is in.",
};
