-- CreateTable
CREATE TABLE "link_key" (
    "id" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "link_key_pkey" PRIMARY KEY ("id")
);
