const grouped = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A count with thousands separated: 48210 is "48,210". */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A count with its noun: "1 key", "1,200 keys". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A count for narrow places such as an axis: 4000 is "4k". */
export function shortCount(count: number): string {
  return compact.format(count).toLowerCase();
}

/** A share of a whole: 996 of 1000 is "99.6 %"; of nothing, a dash. Only all is 100 %, and only none is 0. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  if (part === whole) return "100 %";
  if (part === 0) return "0.0 %";
  const percent = Math.round((part / whole) * 1000) / 10;
  return `${Math.min(Math.max(percent, 0.1), 99.9).toFixed(1)} %`;
}

/** A size: "412 B", "1.4 kB", "2.0 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A limit in mebibytes, which it is a whole number of: 16_777_216 is "16 MiB". */
export function formatMebibytes(bytes: number): string {
  return `${bytes / 1_048_576} MiB`;
}
