import { notFound } from "next/navigation";

/** An unsubscribe link of which a part is missing, or that has one too many. */
export default function BrokenLinkPage() {
  notFound();
}
