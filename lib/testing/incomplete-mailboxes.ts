/** Texts that look like mailboxes and name nobody: half an address, brackets around nothing, groups (RFC 5322 §3.4). */
export const INCOMPLETE_MAILBOXES = [
  "jörg@",
  "jörg@.",
  "@example.com",
  "Jörg <jörg@>",
  "<>",
  "Jörg <>",
  "jörg@example.com <>",
  "Jörg <jörg@example.com",
  "<<jörg@example.com>>",
  '""',
  "Team: ;",
  "Team: jörg@example.com;",
  "undisclosed-recipients:;",
  "jörg@example.com;anna@example.com",
] as const;
