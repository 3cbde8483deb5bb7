import type { UseCase } from "@/lib/access/api-keys/key/presets";
import type { Expiry } from "@/lib/access/api-keys/key/schema";
import type { Scope } from "@/lib/people/auth/scopes";
import type { Role } from "@/prisma/generated/enums";

/** The state that a demo key reaches after it is made. */
type Fate = "rotating" | "paused" | "leaked" | "frozen" | "not_needed" | "in_use";

export type DemoKey = {
  name: string;
  description: string;
  /** The role of its owner. A viewer made theirs while they were a marketer. */
  owner: Role;
  useCase: UseCase;
  /** The scopes, where they differ from the preset's. */
  scopes?: Scope[];
  environment?: "test";
  ageDays: number;
  expiry: Expiry | { kind: "expired" };
  allowedAddresses?: string[];
  fate: Fate;
  callsPerDay: number;
  /** The days since its last call, where nothing calls it any more. */
  quietDays?: number;
  callers: { address: string; userAgent: string }[];
};

const HUBSPOT = { address: "203.0.113.7", userAgent: "HubSpot-Sync/3.1" };
const PYTHON = { address: "203.0.113.40", userAgent: "python-requests/2.32" };
const SHOP = { address: "198.51.100.12", userAgent: "Shopware/6.6 (order-mails)" };
const METABASE = { address: "192.0.2.9", userAgent: "Metabase/0.52" };
const RECOMMENDER = { address: "192.0.2.61", userAgent: "recommendations/1.9 node-fetch" };
const STRANGER = { address: "185.220.101.4", userAgent: "curl/8.5.0" };

/** Some keys of a company that is some years old: every state, every use case, some odd names. */
export const DEMO_KEYS: DemoKey[] = [
  {
    name: "HubSpot sync",
    description: "Two-way contact sync, set up by Mara. The secret is in HubSpot’s private app.",
    owner: "owner",
    useCase: "crm-sync",
    ageDays: 88,
    expiry: { kind: "days", days: 90 },
    allowedAddresses: ["203.0.113.0/24"],
    fate: "rotating",
    callsPerDay: 260,
    callers: [HUBSPOT, PYTHON],
  },
  {
    name: "Shop order mails",
    description: "Order confirmations and shipping notes",
    owner: "admin",
    useCase: "transactional-email",
    ageDays: 60,
    expiry: { kind: "days", days: 180 },
    fate: "in_use",
    callsPerDay: 180,
    callers: [SHOP],
  },
  {
    name: "Campaign planner",
    description: "Drafts campaigns from the editorial calendar",
    owner: "admin",
    useCase: "custom",
    scopes: [
      "audiences:read",
      "audiences:write",
      "templates:read",
      "templates:write",
      "campaigns:read",
      "campaigns:send",
    ],
    ageDays: 45,
    expiry: { kind: "days", days: 180 },
    fate: "in_use",
    callsPerDay: 6,
    callers: [{ address: "192.0.2.80", userAgent: "editorial-calendar/2.4" }],
  },
  {
    name: "Metabase dashboards",
    description: "Weekly campaign report for the board",
    owner: "owner",
    useCase: "analytics",
    ageDays: 84,
    expiry: { kind: "days", days: 90 },
    fate: "in_use",
    callsPerDay: 24,
    callers: [METABASE],
  },
  {
    name: "Product recommendations",
    description: "",
    owner: "marketer",
    useCase: "personalization",
    ageDays: 40,
    expiry: { kind: "days", days: 90 },
    fate: "in_use",
    callsPerDay: 120,
    callers: [RECOMMENDER],
  },
  {
    name: "Staging shop",
    description: "Test orders only",
    owner: "admin",
    useCase: "transactional-email",
    scopes: ["emails:send"],
    environment: "test",
    ageDays: 71,
    expiry: { kind: "days", days: 90 },
    fate: "in_use",
    callsPerDay: 9,
    callers: [{ address: "198.51.100.90", userAgent: "Shopware/6.6 (staging)" }],
  },
  {
    name: "Agency import (Brightside)",
    description: "Paused until the next fair",
    owner: "marketer",
    useCase: "custom",
    scopes: ["contacts:write"],
    ageDays: 23,
    expiry: { kind: "days", days: 30 },
    fate: "paused",
    callsPerDay: 14,
    callers: [{ address: "198.51.100.40", userAgent: "brightside-import/0.4" }],
  },
  {
    name: "Old website form",
    description: "Was in the page’s JavaScript",
    owner: "owner",
    useCase: "custom",
    scopes: ["contacts:write"],
    ageDays: 120,
    expiry: { kind: "never" },
    fate: "leaked",
    callsPerDay: 18,
    callers: [STRANGER],
  },
  {
    name: "Store kiosks",
    description: "Sign-ups and receipts in the shops",
    owner: "admin",
    useCase: "custom",
    scopes: ["contacts:read", "contacts:write", "emails:send"],
    ageDays: 52,
    expiry: { kind: "days", days: 180 },
    fate: "frozen",
    callsPerDay: 36,
    callers: [{ address: "198.51.100.77", userAgent: "kiosk/2.1" }],
  },
  {
    name: "Looker Studio",
    description: "Replaced by Metabase",
    owner: "admin",
    useCase: "analytics",
    ageDays: 110,
    expiry: { kind: "expired" },
    fate: "in_use",
    callsPerDay: 3,
    callers: [{ address: "192.0.2.77", userAgent: "Google-Looker-Studio" }],
  },
  {
    name: "Zapier sign-up flow",
    description: "Made for a try-out and never connected",
    owner: "marketer",
    useCase: "crm-sync",
    ageDays: 12,
    expiry: { kind: "never" },
    fate: "in_use",
    callsPerDay: 0,
    callers: [],
  },
  {
    name: "Webinar import 2026",
    description: "",
    owner: "marketer",
    useCase: "custom",
    scopes: ["contacts:write", "events:write"],
    ageDays: 75,
    expiry: { kind: "days", days: 180 },
    fate: "not_needed",
    callsPerDay: 6,
    callers: [{ address: "198.51.100.66", userAgent: "PostmanRuntime/7.40" }],
  },
  {
    name: "Salesforce → Northwind nightly contact reconciliation (EMEA)",
    description: "Runs at 02:00 UTC from the data team’s scheduler",
    owner: "admin",
    useCase: "crm-sync",
    ageDays: 30,
    expiry: { kind: "days", days: 365 },
    allowedAddresses: ["2001:db8:40::/48", "198.51.100.128/25"],
    fate: "in_use",
    callsPerDay: 40,
    callers: [
      { address: "2001:db8:40::17", userAgent: "sf-reconcile/2.0 (+https://data.example)" },
    ],
  },
  {
    name: "נאמנות · programme de fidélité 🎁",
    description: "Loyalty points",
    owner: "marketer",
    useCase: "personalization",
    ageDays: 5,
    expiry: { kind: "days", days: 90 },
    fate: "in_use",
    callsPerDay: 30,
    callers: [{ address: "192.0.2.140", userAgent: "okhttp/4.12" }],
  },
  {
    name: "Gift finder",
    description: "Suggests gifts on the home page",
    owner: "marketer",
    useCase: "personalization",
    scopes: ["contacts:read", "contacts:write", "audiences:write", "emails:send"],
    ageDays: 64,
    expiry: { kind: "days", days: 180 },
    allowedAddresses: ["192.0.2.144"],
    fate: "in_use",
    callsPerDay: 35,
    callers: [{ address: "192.0.2.144", userAgent: "gift-finder/3.0" }],
  },
  {
    name: "ERP customers",
    description: "Fills the customer list of the ERP at night",
    owner: "admin",
    useCase: "crm-sync",
    scopes: ["contacts:read", "contacts:write"],
    ageDays: 231,
    expiry: { kind: "days", days: 365 },
    allowedAddresses: ["198.51.100.160"],
    fate: "in_use",
    callsPerDay: 20,
    callers: [{ address: "198.51.100.160", userAgent: "erp-bridge/7.2" }],
  },
  {
    name: "Zapier sign-up flow",
    description: "The first try, with the old sign-up form",
    owner: "viewer",
    useCase: "custom",
    scopes: ["contacts:write"],
    ageDays: 74,
    expiry: { kind: "days", days: 180 },
    allowedAddresses: ["198.51.100.40"],
    fate: "in_use",
    callsPerDay: 9,
    quietDays: 41,
    callers: [{ address: "198.51.100.40", userAgent: "Zapier" }],
  },
];
