-- CreateEnum
CREATE TYPE "ContactChangeKind" AS ENUM ('created', 'changed', 'deleted');

-- AlterTable
ALTER TABLE "email" ADD COLUMN     "call_id" UUID;

-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "start_call_id" UUID,
ADD COLUMN     "started_by" TEXT;

-- CreateTable
CREATE TABLE "contact_change" (
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "key_id" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "ContactChangeKind" NOT NULL,
    "address" TEXT NOT NULL,
    "previous_at" TIMESTAMPTZ(3),
    "former_email" TEXT,
    "before" JSONB,
    "joined" TEXT[],
    "left" TEXT[],
    "restored_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_change_pkey" PRIMARY KEY ("contact_id","at")
);

-- CreateIndex
CREATE INDEX "contact_change_workspace_id_key_id_at_contact_id_idx" ON "contact_change"("workspace_id", "key_id", "at", "contact_id");

-- Whose former email a deleted contact had: few changes give a contact another one.
CREATE INDEX "contact_change_former_email_idx" ON "contact_change"("workspace_id", "environment", "former_email") WHERE "former_email" IS NOT NULL;

-- Old ones go together, in the order in which they were written.
CREATE INDEX "contact_change_at_idx" ON "contact_change" USING BRIN ("at");
