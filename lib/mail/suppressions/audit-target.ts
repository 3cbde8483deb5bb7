/** A suppression as the audit log names it: by the first letter and the domain of its email, while that is known. */
export function suppressionTarget(hash: string, email: string | null) {
  const name = email ? `${email.slice(0, 1)}…${email.slice(email.lastIndexOf("@"))}` : "an email";
  return { type: "suppression" as const, id: hash.slice(0, 26), name };
}
