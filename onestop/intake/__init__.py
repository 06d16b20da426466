"""Pages of other systems as files of the content folder."""
