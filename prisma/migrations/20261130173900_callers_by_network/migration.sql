CREATE INDEX CONCURRENTLY "activity_caller_network_idx" ON "activity_caller" ("network");
