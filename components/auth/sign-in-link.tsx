import { Link } from "@/components/ui/link";

/** The way back to the sign-in page. */
export function SignInLink() {
  return (
    <p className="mt-6 text-ink-2 text-sm">
      <Link href="/login" className="text-accent underline underline-offset-3">
        Back to sign in
      </Link>
    </p>
  );
}
