-- name: begin_codes(officer, secret)!
INSERT INTO officer_codes (officer, secret, last_step, confirmed) VALUES (:officer, :secret, 0, 0)
ON CONFLICT (officer) DO UPDATE SET secret = :secret, last_step = 0 WHERE officer_codes.confirmed = 0;

-- name: codes(officer)^
SELECT secret, confirmed FROM officer_codes WHERE officer = :officer;

-- name: use_step(officer, step)!
UPDATE officer_codes SET last_step = :step, confirmed = 1 WHERE officer = :officer AND last_step < :step;

-- name: drop_officer_codes(officer)!
DELETE FROM officer_codes WHERE officer = :officer;

-- name: drop_all_recovery(officer)!
DELETE FROM recovery_codes WHERE officer = :officer;

-- name: add_recovery(officer, digest)!
INSERT INTO recovery_codes (officer, digest) VALUES (:officer, :digest);

-- name: use_recovery(officer, digest)!
DELETE FROM recovery_codes WHERE officer = :officer AND digest = :digest;

-- name: recovery_left(officer)^
SELECT COUNT(*) FROM recovery_codes WHERE officer = :officer;
