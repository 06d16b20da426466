CREATE TABLE IF NOT EXISTS premises (
    uprn INTEGER PRIMARY KEY,
    usrn INTEGER NOT NULL,
    house TEXT NOT NULL,
    flat TEXT NOT NULL,
    organisation TEXT NOT NULL,
    locality TEXT NOT NULL,
    town TEXT NOT NULL,
    postcode TEXT NOT NULL,
    ward TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    use TEXT NOT NULL,
    parish TEXT NOT NULL DEFAULT ''
);

CREATE TABLE IF NOT EXISTS streets (
    usrn INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    other TEXT NOT NULL,
    locality TEXT NOT NULL,
    town TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS street_words USING fts5 (name, other, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

-- The postcodes of the premises. `keys` are the digits of a remote control, `short` those without the letters of the area.
CREATE TABLE IF NOT EXISTS postcodes (
    postcode TEXT PRIMARY KEY,
    keys TEXT NOT NULL,
    short TEXT NOT NULL
) WITHOUT ROWID;

-- Every postcode of the ONS file, with the code of its council, and the names of the councils.
CREATE TABLE IF NOT EXISTS directory (
    postcode TEXT PRIMARY KEY,
    council TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS councils (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;

-- What is true of a property, names with a space between: "council_owned listed".
CREATE TABLE IF NOT EXISTS flags (
    uprn INTEGER PRIMARY KEY,
    names TEXT NOT NULL
);

-- The collection rounds of a property, names with a space between.
CREATE TABLE IF NOT EXISTS rounds (
    uprn INTEGER PRIMARY KEY,
    names TEXT NOT NULL
);

-- What maps are drawn of: `points` are longitudes and latitudes as JSON.
CREATE TABLE IF NOT EXISTS map_shapes (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    points TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS map_boxes USING rtree (id, south, north, west, east);
