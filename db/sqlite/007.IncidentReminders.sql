-- When a clock of an open incident next wants a word (three quarters of it used, or run out), and when one was last said.
ALTER TABLE incident ADD COLUMN next_reminder_at TEXT;
ALTER TABLE incident ADD COLUMN reminded_at TEXT;

-- What is open already is looked at once, soon after the upgrade.
UPDATE incident SET next_reminder_at = received_at WHERE status IN (10, 20, 50);

CREATE INDEX incident_reminder ON incident (next_reminder_at) WHERE next_reminder_at IS NOT NULL;
