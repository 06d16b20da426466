-- The officer's session in which a journey is walked for a resident, '' for a resident's own visit. It ends when that one does.
ALTER TABLE sessions ADD COLUMN staff_session {TEXT} NOT NULL DEFAULT '';
