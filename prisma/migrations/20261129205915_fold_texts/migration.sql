-- A text without case, accents and ligatures: "Zoë" and "zoe", "İpek" and "ipek", "Straße" and "strasse" are alike.
-- Most texts are ASCII, for which this costs what lower() does. Postgres puts the body into the query only while the
-- function is not STRICT.
CREATE FUNCTION "folded"(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN octet_length($1) = length($1) THEN lower($1) ELSE
    replace(replace(replace(replace(
      translate(lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]', '', 'g')), 'ıøłđðħŧ', 'iolddht'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') END
$$;

-- Contacts are searched by how their email or one of their names begins.
DROP INDEX "contact_email_prefix", "contact_first_name_prefix", "contact_last_name_prefix";
CREATE INDEX "contact_email_prefix" ON "contact" ("workspace_id", "environment", "folded"("email") text_pattern_ops);
CREATE INDEX "contact_first_name_prefix" ON "contact" ("workspace_id", "environment", "folded"("first_name") text_pattern_ops);
CREATE INDEX "contact_last_name_prefix" ON "contact" ("workspace_id", "environment", "folded"("last_name") text_pattern_ops);

-- Names and properties are composed from now on (NFC). No sync needs to hear of it: they read the same.
UPDATE "contact" SET
  "first_name" = normalize("first_name", NFC),
  "last_name" = normalize("last_name", NFC),
  "properties" = normalize("properties"::text, NFC)::jsonb
WHERE "first_name" IS NOT NFC NORMALIZED OR "last_name" IS NOT NFC NORMALIZED
  OR "properties"::text IS NOT NFC NORMALIZED;
