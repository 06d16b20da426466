-- name: connect(issuer, subject, officer)!
INSERT INTO openid_accounts (issuer, subject, officer) VALUES (:issuer, :subject, :officer)
ON CONFLICT (issuer, subject) DO UPDATE SET officer = :officer WHERE openid_accounts.officer = :officer;

-- name: officer_of(issuer, subject)^
SELECT officer FROM openid_accounts WHERE issuer = :issuer AND subject = :subject;

-- name: account_of(issuer, officer)^
SELECT subject FROM openid_accounts WHERE issuer = :issuer AND officer = :officer LIMIT 1;
