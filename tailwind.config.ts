import type { Config } from "tailwindcss";

/** Names for the tokens of `app/globals.css`, which hold both themes: no class needs to say `dark:`. */
export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    fontFamily: {
      sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
    },
    fontSize: {
      "2xs": ["11px", "16px"],
      xs: ["12px", "16px"],
      sm: ["13px", "20px"],
      base: ["14px", "20px"],
      lg: ["16px", "24px"],
      xl: ["22px", "28px"],
    },
    borderRadius: { none: "0", xs: "4px", sm: "6px", md: "8px", lg: "12px", full: "9999px" },
    extend: {
      colors: {
        bg: { DEFAULT: "var(--bg)", subtle: "var(--bg-subtle)", sunken: "var(--bg-sunken)" },
        surface: "var(--surface)",
        line: {
          DEFAULT: "var(--border)",
          strong: "var(--border-strong)",
          input: "var(--border-input)",
        },
        ink: { DEFAULT: "var(--text)", 2: "var(--text-2)", 3: "var(--text-3)" },
        accent: {
          DEFAULT: "var(--accent)",
          hover: "var(--accent-hover)",
          on: "var(--on-accent)",
          soft: "var(--accent-soft)",
          line: "var(--accent-line)",
        },
        ok: { DEFAULT: "var(--ok)", soft: "var(--ok-soft)" },
        warn: { DEFAULT: "var(--warn)", soft: "var(--warn-soft)", line: "var(--warn-line)" },
        danger: {
          DEFAULT: "var(--danger)",
          soft: "var(--danger-soft)",
          line: "var(--danger-line)",
        },
        info: { DEFAULT: "var(--info)", soft: "var(--info-soft)" },
        scrim: "var(--scrim)",
      },
      boxShadow: { raised: "var(--shadow-1)", floating: "var(--shadow-3)" },
    },
  },
} satisfies Config;
