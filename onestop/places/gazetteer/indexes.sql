-- Made after the rows: an import of new rows into indexes costs twice as much.
CREATE INDEX IF NOT EXISTS premises_by_postcode ON premises (postcode);
CREATE INDEX IF NOT EXISTS premises_by_street ON premises (usrn);
CREATE INDEX IF NOT EXISTS premises_by_point ON premises (latitude, longitude);
CREATE INDEX IF NOT EXISTS postcodes_by_keys ON postcodes (keys);
CREATE INDEX IF NOT EXISTS postcodes_by_short ON postcodes (short);
