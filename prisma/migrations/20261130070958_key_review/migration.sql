-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "keys_reviewed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3);
