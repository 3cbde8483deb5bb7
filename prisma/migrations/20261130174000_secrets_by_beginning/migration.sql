CREATE INDEX CONCURRENTLY "api_key_secret_first_four_idx" ON "api_key_secret" ("first_four");
