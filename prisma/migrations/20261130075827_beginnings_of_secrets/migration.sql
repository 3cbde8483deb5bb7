-- AlterTable
ALTER TABLE "api_key_secret" ADD COLUMN     "first_four" TEXT;

-- CreateIndex
CREATE INDEX "api_key_secret_workspace_id_last_four_idx" ON "api_key_secret"("workspace_id", "last_four");

-- CreateIndex
CREATE INDEX "api_key_secret_workspace_id_first_four_idx" ON "api_key_secret"("workspace_id", "first_four");
