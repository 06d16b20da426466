"""The only users of aiohttp and Jinja2: addresses, prepared pages, handlers, settings."""
