-- CreateTable
CREATE TABLE "activity_route_hour" (
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "not_found" INTEGER NOT NULL,
    "in_url" INTEGER NOT NULL,
    "contacts_read" INTEGER NOT NULL,

    CONSTRAINT "activity_route_hour_pkey" PRIMARY KEY ("key_id","hour","method","route")
);

-- CreateTable
CREATE TABLE "activity_caller" (
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_day" DATE NOT NULL,

    CONSTRAINT "activity_caller_pkey" PRIMARY KEY ("key_id","network","program")
);

-- CreateTable
CREATE TABLE "key_habit" (
    "key_id" TEXT NOT NULL,
    "habit" JSONB NOT NULL,
    "learned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_habit_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "use_look" (
    "id" INTEGER NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,
    "awake_since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "use_look_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "activity_route_hour_hour_idx" ON "activity_route_hour"("hour");

-- CreateIndex
CREATE INDEX "activity_caller_key_id_first_at_idx" ON "activity_caller"("key_id", "first_at");

-- CreateIndex
CREATE INDEX "activity_caller_first_at_idx" ON "activity_caller"("first_at");

-- CreateIndex
CREATE INDEX "activity_caller_last_day_idx" ON "activity_caller"("last_day");

-- AddForeignKey
ALTER TABLE "key_habit" ADD CONSTRAINT "key_habit_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
