-- Which officer has a case open, and when their browser last said so. A row is dropped when the page is closed.
CREATE TABLE case_viewers (
    case_id {TEXT} NOT NULL,
    officer {TEXT} NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (case_id, officer)
);
