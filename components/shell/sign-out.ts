import { requestSignOut } from "@/components/auth/auth-requests";

/** Ends the session on the server and leaves for the sign-in page, dropping all that this tab remembers. */
export async function leaveConsole(): Promise<void> {
  await requestSignOut();
  window.location.assign("/login");
}
