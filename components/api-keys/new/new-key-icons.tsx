import {
  ChartNoAxesColumn,
  Check,
  Clock,
  FlaskConical,
  Mails,
  MapPin,
  Package,
  RefreshCw,
  SlidersHorizontal,
  Sparkles,
  UsersRound,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import type { UseCase } from "@/lib/access/api-keys/key/presets";

/** The icons of the form for a new key, drawn by its page: the form needs none of their script. */
export type NewKeyIcons = {
  useCases: Record<UseCase, ReactNode>;
  summary: Record<
    "can" | "cannot" | "audiences" | "test" | "people" | "life" | "origin",
    ReactNode
  >;
};

export const NEW_KEY_ICONS: NewKeyIcons = {
  useCases: {
    "crm-sync": <RefreshCw />,
    "transactional-email": <Package />,
    analytics: <ChartNoAxesColumn />,
    personalization: <Sparkles />,
    custom: <SlidersHorizontal />,
  },
  summary: {
    can: <Check className="text-accent" />,
    cannot: <X />,
    audiences: <UsersRound />,
    test: <FlaskConical />,
    people: <Mails />,
    life: <Clock />,
    origin: <MapPin />,
  },
};
