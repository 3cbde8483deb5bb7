-- AlterTable
ALTER TABLE "api_key_secret" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);
