-- name: add_reason(id, officer, case_id, code, given, until, encrypted)!
INSERT INTO access_reasons (id, officer, case_id, code, given, until, encrypted)
VALUES (:id, :officer, :case_id, :code, :given, :until, :encrypted);

-- name: valid_reason(officer, case_id, now)^
SELECT id FROM access_reasons WHERE officer = :officer AND case_id = :case_id AND until > :now LIMIT 1;

-- name: reasons_of(case_id)
SELECT id, officer, code, given, encrypted FROM access_reasons WHERE case_id = :case_id ORDER BY given, id;
