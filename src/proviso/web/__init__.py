"""Pages: a page is an action, a selector and a template. It fetches for an actor, calls a service, decides nothing."""
