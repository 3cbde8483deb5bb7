-- Activity outlives contacts, so it names nobody by email: new calls are stored with a mark, older ones get it here.
UPDATE "activity"
SET "path" = regexp_replace("path", '[^/]*(@|%(25)*40)[^/]*', '{email}', 'gi'),
    "route" = regexp_replace("route", '[^/]*(@|%(25)*40)[^/]*', '{email}', 'gi')
WHERE "path" ~* '@|%(25)*40';
