/** Browsers by what stands in their user agent; one that calls itself by two names comes before the other. */
const BROWSERS = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;

const PHONES: readonly string[] = ["iPhone", "Android"];

/** What a browser calls itself, for people: "Chrome on macOS". `isPhone` decides its picture. */
export function browserName(userAgent: string | null): { name: string; isPhone: boolean } {
  const agent = userAgent ?? "";
  const browser = nameIn(BROWSERS, agent);
  const system = nameIn(SYSTEMS, agent);
  const isPhone = system !== undefined && PHONES.includes(system);
  if (!browser) return { name: system ? `A browser on ${system}` : "An unknown browser", isPhone };
  return { name: system ? `${browser} on ${system}` : browser, isPhone };
}

function nameIn(names: readonly (readonly [RegExp, string])[], agent: string): string | undefined {
  return names.find(([pattern]) => pattern.test(agent))?.[1];
}
