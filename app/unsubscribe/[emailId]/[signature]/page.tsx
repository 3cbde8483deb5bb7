import { MailCheck, MailX } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AuthHeading } from "@/components/auth/auth-heading";
import { Button } from "@/components/ui/button";
import { subscriptionOf } from "@/lib/mail/tracking/unsubscribe";

export const metadata: Metadata = {
  title: "Your subscription",
  robots: { index: false },
  referrer: "no-referrer",
};

type Props = { params: Promise<{ emailId: string; signature: string }> };

/** For the recipient of a mail, without signing in. Nothing happens before a button is pressed. */
export default async function UnsubscribePage({ params }: Props) {
  const link = await params;
  const found = await subscriptionOf(link);
  if (!found.ok) notFound();
  const { workspaceName, address, unsubscribed, isTest } = found.value;
  if (isTest) {
    return (
      <Card>
        <AuthHeading title="This was a test">
          Recipients of this message can unsubscribe from <bdi>{workspaceName}</bdi> here.
        </AuthHeading>
      </Card>
    );
  }
  return (
    <Card>
      <AuthHeading title={unsubscribed ? "You are unsubscribed" : "Unsubscribe?"}>
        <bdi>{workspaceName}</bdi>{" "}
        {unsubscribed ? "no longer sends newsletters to" : "will stop sending newsletters to"}{" "}
        <bdi className="font-medium text-ink">{address}</bdi>. You still get emails about what you
        do there, such as the receipt of an order.
      </AuthHeading>
      <form method="post" action={`/t/u/${link.emailId}/${link.signature}`}>
        <input type="hidden" name="subscription" value={unsubscribed ? "on" : "off"} />
        <Button type="submit" size="lg" variant={unsubscribed ? "secondary" : "primary"}>
          {unsubscribed ? <MailCheck aria-hidden /> : <MailX aria-hidden />}
          {unsubscribed ? "Subscribe again" : "Unsubscribe"}
        </Button>
      </form>
    </Card>
  );
}

function Card({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg-subtle px-4 py-12">
      <div className="w-full max-w-[440px] rounded-lg border border-line bg-surface p-6 shadow-raised max-md:p-5">
        {children}
      </div>
    </main>
  );
}
