"""The crest and the colours of a council, checked."""
