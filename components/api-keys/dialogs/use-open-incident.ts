import { useRouter } from "next/navigation";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { openIncidentAction } from "@/lib/access/incidents/actions";
import { useKeyAction } from "./use-key-action";

/**
 * Opens the incident of a key that leaked, or takes up the open one, and leads to its page. `onLeave` closes what would
 * stay in front of that page.
 */
export function useOpenIncident(keyId: string, onLeave?: () => void) {
  const router = useRouter();
  const open = useKeyAction(openIncidentAction, ({ incidentId }) => {
    router.push(incidentUrl(incidentId));
    onLeave?.();
  });
  return { ...open, run: () => open.run({ keyId }) };
}
