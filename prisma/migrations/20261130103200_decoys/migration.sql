-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "decoy_place" TEXT;

-- Prisma knows no partial indexes.
CREATE INDEX "api_key_decoy_idx" ON "api_key"("workspace_id", "created_at") WHERE "decoy_place" IS NOT NULL;
