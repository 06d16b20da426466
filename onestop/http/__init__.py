"""HTTP as Onestop speaks it: prepared responses and their cache, headers, form bodies, cookies and static files."""
