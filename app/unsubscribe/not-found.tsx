import { BrokenUnsubscribeLink } from "@/components/tracking/broken-unsubscribe-link";

export default function UnsubscribeLinkNotFound() {
  return <BrokenUnsubscribeLink />;
}
