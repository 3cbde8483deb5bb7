/** Ends the session on the server and leaves for the sign-in page, dropping all that this tab remembers. */
export async function leaveConsole(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/login" });
}
