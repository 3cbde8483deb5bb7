import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Day } from "@/components/ui/day";
import { Link } from "@/components/ui/link";
import { ROW_LINK } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { KeyRow } from "@/lib/access/api-keys/key/shown-key";
import { reachOf } from "@/lib/access/api-keys/key/words";
import { KeyStatusPill } from "../key-status-pill";
import { KeyRowMenu } from "./key-row-menu";

const COLUMNS = ["Name", "Can reach", "Status", "Last used", "Expires", "Owner"];

/**
 * Stated because on phones the rows are laid out as cards, and browsers drop the roles of a table that is not
 * laid out as a table is one.
 */
const ROLE = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader" },
  cell: { role: "cell" },
} as const;

/** The keys of one page of the list: rows on a wide screen, else cards. */
export function KeyList({ keys, now }: { keys: readonly KeyRow[]; now: Date }) {
  return (
    <div className="relative group-has-data-pending/list:opacity-60 xl:overflow-x-auto xl:rounded-lg xl:border xl:border-line xl:bg-surface">
      <table
        {...ROLE.table}
        aria-label="API keys"
        className="w-full border-collapse text-sm max-xl:block"
      >
        <thead {...ROLE.group} className="max-xl:sr-only">
          <tr {...ROLE.row} className="border-line border-b bg-bg-subtle">
            {COLUMNS.map((column) => (
              <Head key={column}>{column}</Head>
            ))}
            <Head>
              <span className="sr-only">More</span>
            </Head>
          </tr>
        </thead>
        <tbody {...ROLE.group} className="max-xl:grid max-xl:grid-cols-1 max-xl:gap-2">
          {keys.map((key) => (
            <Row key={key.id} apiKey={key} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ children }: { children: ReactNode }) {
  return (
    <th
      {...ROLE.head}
      scope="col"
      className="h-9 whitespace-nowrap px-3 text-left font-medium text-ink-3 text-xs first:pl-4 last:pr-4"
    >
      {children}
    </th>
  );
}

function Row({ apiKey: key, now }: { apiKey: KeyRow; now: Date }) {
  const over = key.status === "revoked" || key.status === "expired";
  const reach = reachOf(key.scopes);
  return (
    <tr
      {...ROLE.row}
      className={cn(
        "relative h-14 border-line border-b last:border-b-0 hover:bg-bg-subtle",
        "max-xl:grid max-xl:h-auto max-xl:grid-cols-[minmax(0,1fr)_auto] max-xl:gap-x-3 max-xl:gap-y-1.5 max-xl:rounded-lg max-xl:border max-xl:bg-surface max-xl:p-3.5 max-xl:last:border-b lg:max-xl:grid-cols-[minmax(0,1fr)_7.5rem_9rem_9rem]",
        over && "text-ink-3",
      )}
    >
      <Cell className="w-full max-w-0 max-xl:max-w-none lg:max-xl:col-span-3">
        <KeyName apiKey={key} over={over} />
      </Cell>
      <Cell className="max-w-52 max-xl:order-3 max-xl:max-w-none max-xl:text-xs">
        <span className="block truncate lg:max-xl:inline" title={reach.resources}>
          {reach.resources}
        </span>{" "}
        <span className={cn("block text-xs lg:max-xl:inline", over ? "text-ink-3" : "text-ink-2")}>
          {reach.actions}
        </span>
      </Cell>
      <Cell className="max-xl:order-2 max-xl:justify-self-end">
        <KeyStatusPill status={key.status} expiresAt={key.expiresAt} now={now} />
      </Cell>
      <Cell className="whitespace-nowrap max-xl:order-4 max-xl:text-right max-xl:text-xs lg:max-xl:text-left">
        {key.lastUsedAt ? (
          <>
            <span className="xl:hidden">used </span>
            <Time at={key.lastUsedAt} />
          </>
        ) : (
          <span className="text-ink-3">
            {"never"}
            <span className="xl:hidden"> used</span>
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap max-xl:order-5 max-xl:text-ink-2 max-xl:text-xs">
        <span className="xl:hidden">Expires </span>
        {key.expiresAt && key.status !== "revoked" ? (
          <Time at={key.expiresAt} mode="date" />
        ) : (
          <span className="text-ink-3">{over ? "—" : "never"}</span>
        )}
      </Cell>
      <Cell className="max-w-48 max-xl:order-6 max-xl:max-w-40 max-xl:justify-self-end max-xl:text-xs">
        <Owner name={key.owner.name} since={key.createdAt} />
      </Cell>
      <Cell className="relative w-12 max-xl:hidden">
        <KeyRowMenu keyId={key.id} name={key.name} canManage={key.canManage} />
      </Cell>
    </tr>
  );
}

function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <td
      {...ROLE.cell}
      className={cn("px-3 py-2 align-middle first:pl-4 last:pr-4 max-xl:p-0!", className)}
    >
      {children}
    </td>
  );
}

function KeyName({ apiKey: key, over }: { apiKey: KeyRow; over: boolean }) {
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5">
        <Link
          href={`/settings/api-keys/${key.id}`}
          data-row-link
          title={key.name}
          className={cn(
            ROW_LINK,
            "min-w-0 truncate font-medium hover:underline max-xl:text-base",
            over ? "text-ink-2" : "text-ink",
          )}
        >
          <bdi>{key.name}</bdi>
        </Link>
        {key.environment === "test" && <Tag line="dashed">Test</Tag>}
      </span>
      <span className="flex min-w-0 gap-1.5 text-xs">
        <span className="shrink-0 font-mono text-ink-3 tracking-tight">{key.hint}</span>
        {key.description && (
          <bdi className="truncate text-ink-3 max-md:hidden" title={key.description}>
            {key.description}
          </bdi>
        )}
      </span>
    </>
  );
}

function Owner({ name, since }: { name: string; since: Date }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="max-xl:hidden">
        <Avatar name={name} />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate" title={name}>
          {name}
        </bdi>
        <span className="block truncate text-ink-3 text-xs max-xl:hidden">
          made{" "}
          <time dateTime={since.toISOString()}>
            <Day at={since} />
          </time>
        </span>
      </span>
    </span>
  );
}
