-- AlterEnum
ALTER TYPE "SuppressionReason" ADD VALUE 'complained';

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "skip_unsubscribed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "email" ADD COLUMN     "skip_unsubscribed" BOOLEAN NOT NULL DEFAULT false;
