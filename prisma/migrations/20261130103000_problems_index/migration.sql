-- Serves every problem, and those of one class by a look at each.
DROP INDEX "activity_refused_idx";
CREATE INDEX "activity_problem_idx" ON "activity" ("workspace_id", "id") WHERE "status" >= 400;
