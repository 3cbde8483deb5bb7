import { audienceRoutes } from "@/lib/api/routes/audiences";
import { campaignRoutes } from "@/lib/api/routes/campaigns";
import { contactRoutes } from "@/lib/api/routes/contacts";
import { emailRoutes } from "@/lib/api/routes/emails";
import { eventRoutes } from "@/lib/api/routes/events";
import { meRoutes } from "@/lib/api/routes/me";
import type { Route } from "@/lib/api/routes/route";
import { templateRoutes } from "@/lib/api/routes/templates";
import { webhookRoutes } from "@/lib/api/routes/webhooks";

/** All routes of the API. A path that is not listed here is denied. */
export const routes: readonly Route[] = [
  ...meRoutes,
  ...contactRoutes,
  ...audienceRoutes,
  ...templateRoutes,
  ...eventRoutes,
  ...campaignRoutes,
  ...emailRoutes,
  ...webhookRoutes,
];
