/** An enhanced status code (RFC 3463): behind the reply code, or in brackets as qmail writes it. */
const LEADING_CODE = /^\d{3}[ -]#?(\d\.\d{1,3}\.\d{1,3})\b/;
const BRACKETED_CODE = /\(#(\d\.\d{1,3}\.\d{1,3})\b/;

/**
 * The enhanced codes that speak of the recipient's mailbox: it, or its domain, does not exist or takes no mail.
 * 5.1.7 and 5.1.8 speak of the sender's.
 */
const MAILBOX_CODES = ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1"];
/** An enhanced code that says no more than the reply code. */
const UNTOLD_CODES = ["5.0.0", "5.5.0"];

/** Words for a mailbox that does not exist or is closed. */
const MAILBOX_WORDS = [
  /\b(?:unknown|invalid|no such) (?:local )?(?:user|recipient|mailbox|account|address|person)\b/,
  /\b(?:user|recipient|mailbox|account|addressee)(?: name| address)? (?:is |has been |was )?(?:unknown|invalid|not (?:found|known|local)|disabled|deactivated|deleted|closed|inactive)\b/,
  /\bno mailbox here by that name\b/,
  /\bnot a (?:known|valid) (?:user|recipient|mailbox)\b/,
  /\b(?:does not|doesn't|doesn’t) have an? [\w.-]{0,80} ?account\b/,
];

const DOES_NOT_EXIST = /\b(?:does not|doesn't|doesn’t) exist\b/;
const A_MAILBOX = /\b(?:user|recipient|mailbox|account|address)\b/;
/** Characters between a mailbox and the words that it does not exist. */
const APART_MAX = 80;

/** Words for something wrong with who sends: the relay, its host, its reputation, its sign-in, or what it says. */
const SENDER_WORDS =
  /\bsender\b|\brelay(?:ing)?\b(?! recipient table)|\brcpthosts\b|\blisted\b|\b(?:block|black|deny) ?-?list|\bd?n?s?rbl\b|\bdnsbl\b|\bspam|\byour (?:host|ip|server|domain|message|account|mail)\b|\breputation\b|\bauthenticat|\bpolicy\b|\bspf\b|\bdkim\b|\bdmarc\b/;

/**
 * Whether a server's refusal for good says that the recipient's mailbox does not exist or is closed, so that
 * another try is of no use. A refusal says nothing against the recipient where it is about the sender, about
 * the message, about a full inbox, or does not say what it is about: `550` alone covers them all
 * (RFC 5321 §4.2.3, RFC 3463 §3).
 */
export function isAboutMailbox(response: string): boolean {
  const text = response.toLowerCase();
  const code = LEADING_CODE.exec(text)?.[1] ?? BRACKETED_CODE.exec(text)?.[1];
  if (code && !UNTOLD_CODES.includes(code)) {
    return MAILBOX_CODES.includes(code) && !SENDER_WORDS.test(text);
  }
  const saysSo = MAILBOX_WORDS.some((words) => words.test(text)) || saysItDoesNotExist(text);
  return saysSo && !SENDER_WORDS.test(text);
}

function saysItDoesNotExist(text: string): boolean {
  const at = text.search(DOES_NOT_EXIST);
  const before = text.slice(Math.max(0, at - APART_MAX - "recipient".length), Math.max(0, at));
  return A_MAILBOX.test(before);
}

/** The longest text that two refusals are compared by. */
const SAME_CHARS = 120;

/**
 * What refusals of one kind have in common: the answer without emails, addresses and numbers, so that the same
 * answer about another recipient compares equal.
 */
export function kindOfRefusal(response: string): string {
  const words = response.toLowerCase().split(/[\s<>]+/);
  const common = words.map((word) => (word.includes("@") ? "@" : /\d/.test(word) ? "#" : word));
  return common.join(" ").slice(0, SAME_CHARS);
}

/** A refusal without the emails in it, for records that outlive their contacts. */
export function withoutEmails(response: string): string {
  const words = response.split(" ");
  return words.map((word) => (word.includes("@") ? "…" : word)).join(" ");
}
