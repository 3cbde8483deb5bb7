import { FindingRow } from "@/components/security/finding-row";
import { Card, CardHeader } from "@/components/ui/card";
import type { Notice } from "@/lib/access/notices/read-notices";

type NoticeListProps = { title: string; notices: readonly Notice[] };

/** Notices under a heading; nothing where there are none. */
export function NoticeList({ title, notices }: NoticeListProps) {
  if (notices.length === 0) return null;
  return (
    <Card>
      <CardHeader title={title} />
      {notices.map(({ finding }) => (
        <FindingRow key={finding.id} finding={finding} />
      ))}
    </Card>
  );
}
