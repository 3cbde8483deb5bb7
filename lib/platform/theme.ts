import { z } from "zod";

/** The cookie that remembers a person's choice of theme, so that the server's first answer has it. */
export const THEME_COOKIE = "theme";

export const themeSchema = z.enum(["light", "dark", "system"]);

export type Theme = z.infer<typeof themeSchema>;

/** The theme a cookie asks for; anything unknown follows the system. */
export function themeOf(cookie: string | undefined): Theme {
  return themeSchema.catch("system").parse(cookie);
}

export const themeInput = z.strictObject({ theme: themeSchema });
export type ThemeInput = z.infer<typeof themeInput>;
