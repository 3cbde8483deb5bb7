-- Before all others: an event of a machine moves no email. The engine does not write the place of a new value.
ALTER TYPE "EmailStatus" ADD VALUE 'fetched' BEFORE 'scheduled';
ALTER TYPE "EmailStatus" ADD VALUE 'scanned' BEFORE 'scheduled';
