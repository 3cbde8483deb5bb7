-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "second_factor_required_at" TIMESTAMPTZ(3);
