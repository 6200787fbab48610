"""The site: pages, forms and addresses. It fetches, calls a service and renders; it decides nothing."""
