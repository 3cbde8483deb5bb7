import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ListedCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { formatCount } from "@/lib/platform/format/number";
import { CampaignStatusPill } from "./campaign-status-pill";
import { campaignUrl } from "./campaigns-url";

/** The campaigns, newest first; a name leads to its report. */
export function CampaignTable({ campaigns }: { campaigns: readonly ListedCampaign[] }) {
  return (
    <Table label="Campaigns">
      <thead>
        <Tr>
          <Th>Name</Th>
          <Th>Status</Th>
          <Th className="max-md:hidden">Audience</Th>
          <Th className="text-right max-md:hidden">Recipients</Th>
          <Th className="text-right max-md:hidden">When</Th>
        </Tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <Tr key={campaign.id} className="h-14 hover:bg-bg-subtle">
            <Td className="max-w-72 max-md:max-w-44">
              <Link
                href={campaignUrl(campaign.id)}
                data-row-link
                className="block truncate font-medium hover:underline"
              >
                <bdi>{campaign.name}</bdi>
              </Link>
              <span className="block truncate text-ink-2 text-xs">
                <bdi>{campaign.subject}</bdi>
              </span>
            </Td>
            <Td>
              <CampaignStatusPill status={campaign.status} kept={campaign.kept} />
            </Td>
            <Td className="max-w-48 truncate max-md:hidden">
              {campaign.audienceName === null ? (
                <span className="text-ink-3">Deleted</span>
              ) : (
                <bdi>{campaign.audienceName}</bdi>
              )}
            </Td>
            <Td className="text-right tabular-nums max-md:hidden">
              {campaign.startedAt ? formatCount(campaign.recipients) : "–"}
            </Td>
            <Td className="whitespace-nowrap text-right text-ink-2 max-md:hidden">
              <Time at={campaign.startedAt ?? campaign.scheduledAt ?? campaign.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
