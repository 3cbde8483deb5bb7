import { MailCheck, MailX } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuthHeading } from "@/components/auth/auth-heading";
import { MailCard } from "@/components/tracking/mail-card";
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
  const { workspaceName, recipient, unsubscribed, isTest } = found.value;
  if (isTest) {
    return (
      <MailCard>
        <AuthHeading title="This was a test">
          Recipients of this message can unsubscribe from <bdi>{workspaceName}</bdi> here.
        </AuthHeading>
      </MailCard>
    );
  }
  return (
    <MailCard>
      <AuthHeading title={unsubscribed ? "You are unsubscribed" : "Unsubscribe?"}>
        <bdi>{workspaceName}</bdi>{" "}
        {unsubscribed ? "no longer sends newsletters to" : "will stop sending newsletters to"}{" "}
        {recipient ? <bdi className="font-medium text-ink">{recipient}</bdi> : "this email"}. You
        still get emails about what you do there, such as the receipt of an order.
      </AuthHeading>
      <form method="post" action={`/t/u/${link.emailId}/${link.signature}`}>
        <input type="hidden" name="subscription" value={unsubscribed ? "on" : "off"} />
        <Button type="submit" size="lg" variant={unsubscribed ? "secondary" : "primary"}>
          {unsubscribed ? <MailCheck aria-hidden /> : <MailX aria-hidden />}
          {unsubscribed ? "Subscribe again" : "Unsubscribe"}
        </Button>
      </form>
    </MailCard>
  );
}
