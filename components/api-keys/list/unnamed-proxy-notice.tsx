import { Notice } from "@/components/ui/notice";

/** Tells owners that every caller seems to come from the proxy before Postern, and what ends that. */
export function UnnamedProxyNotice({ proxy }: { proxy: string | null }) {
  if (!proxy) return null;
  return (
    <Notice tone="warn" className="mb-4">
      Postern is reached through a proxy, and takes its address (
      <code className="font-mono text-xs">{proxy}</code>) for everybody’s. Activity can’t tell
      callers apart, and limits by IP address don’t work. Whoever runs Postern sets{" "}
      <code className="font-mono text-xs">TRUSTED_PROXIES={proxy}</code> and restarts it.
    </Notice>
  );
}
