-- A keyed digest of the answer that, beside the reference, lets somebody follow a case; NULL where it is the PIN of the receipt.
ALTER TABLE cases ADD COLUMN second_fact {BYTES};
