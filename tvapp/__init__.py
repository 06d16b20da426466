"""The television's scripts, and its entry points: HbbTV's application table, the red-button page, store packages."""
