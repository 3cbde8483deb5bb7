import { Card, CardHeader } from "@/components/ui/card";
import { Td, Th, Tr } from "@/components/ui/table";
import type { CampaignReport } from "@/lib/mail/campaigns/report";
import { formatCount } from "@/lib/platform/format/number";

/** The clicked links, those with the most clicks first. */
export function LinksCard({ links }: { links: CampaignReport["links"] }) {
  return (
    <Card>
      <CardHeader title="Links" />
      {links.length === 0 ? (
        <p className="p-4 text-ink-2 text-sm">No link has been clicked yet.</p>
      ) : (
        <table aria-label="Links" className="w-full border-collapse text-sm">
          <thead>
            <Tr>
              <Th>URL</Th>
              <Th className="text-right">People</Th>
              <Th className="text-right">Clicks</Th>
            </Tr>
          </thead>
          <tbody>
            {links.map(({ url, clicks, uniqueClicks }) => (
              <Tr key={url}>
                <Td className="max-w-0 truncate font-mono text-xs" title={url}>
                  {url.replace(/^https?:\/\//, "")}
                </Td>
                <Td className="w-20 text-right tabular-nums">{formatCount(uniqueClicks)}</Td>
                <Td className="w-20 text-right tabular-nums">{formatCount(clicks)}</Td>
              </Tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
