-- CreateEnum
CREATE TYPE "FindingSeverity" AS ENUM ('urgent', 'soon', 'tidy');

-- CreateEnum
CREATE TYPE "DismissReason" AS ENUM ('intended', 'handled', 'other');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "scopes_changed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "activity_route_day" (
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "scopes" TEXT[],
    "calls" INTEGER NOT NULL,

    CONSTRAINT "activity_route_day_pkey" PRIMARY KEY ("key_id","day","method","route")
);

-- CreateTable
CREATE TABLE "activity_address_day" (
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "let_in" BOOLEAN NOT NULL,
    "address" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "activity_address_day_pkey" PRIMARY KEY ("key_id","let_in","day","address")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" "FindingSeverity" NOT NULL,
    "degree" INTEGER NOT NULL,
    "facts" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "narrowed_at" TIMESTAMPTZ(3),
    "dismissed_at" TIMESTAMPTZ(3),
    "dismissed_by" TEXT,
    "dismiss_reason" "DismissReason",
    "dismiss_note" TEXT,
    "dismissed_degree" INTEGER,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "activity_route_day_day_idx" ON "activity_route_day"("day");

-- CreateIndex
CREATE INDEX "activity_address_day_day_idx" ON "activity_address_day"("day");

-- CreateIndex
CREATE INDEX "finding_workspace_id_closed_at_severity_idx" ON "finding"("workspace_id", "closed_at", "severity");

-- CreateIndex
CREATE INDEX "finding_key_id_idx" ON "finding"("key_id");

-- CreateIndex
CREATE INDEX "finding_closed_at_idx" ON "finding"("closed_at");

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one open finding for a key and kind: what the hourly work inserts or updates.
CREATE UNIQUE INDEX "finding_open" ON "finding"("key_id", "kind") WHERE "closed_at" IS NULL;

-- The audit log knows when the scopes of each key last changed.
UPDATE "api_key" SET "scopes_changed_at" = changed.at
FROM (SELECT workspace_id, target_id, max(at) AS at FROM "audit_event"
  WHERE action = 'key.edited' AND changes ? 'scopes' GROUP BY workspace_id, target_id) AS changed
WHERE "api_key".id = changed.target_id AND "api_key".workspace_id = changed.workspace_id;
