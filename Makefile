# Everything runs in .venv, which tools/setup makes and keeps up to date.
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench posts reading soak questions learn encoder messages clean base dev browser postgresql
RUN := .venv/bin

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: base ## Start the site with its policies, to look at in a browser
	$(RUN)/proviso demo

test: dev browser postgresql ## Set up what is missing, then run the checks and every test, on both databases
	@$(MAKE) --no-print-directory check
	$(RUN)/pytest -n 2
	$(RUN)/pytest -n 2 --postgresql

check: dev ## Form, lint, types, floors, migrations, templates
	$(RUN)/ruff format --check
	$(RUN)/ruff check
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/deptry src
	$(RUN)/django-admin makemigrations --check --dry-run --settings proviso.web.settings
	$(RUN)/djlint --lint --quiet src

fix: dev ## Put form and order of imports right
	$(RUN)/ruff format
	$(RUN)/ruff check --fix

bench: ## Measure the engine beside others, and the pages with 20,000 people
	@tools/setup bench
	$(RUN)/python -m bench
	$(RUN)/python -m bench.pages

posts: ## Measure how well and how fast posts are checked, beside Presidio
	@tools/setup bench
	$(RUN)/python -m bench.posts

soak: dev postgresql ## Kill the program while it writes evidence, and see that nothing is lost (KILLS=300)
	$(RUN)/python -m bench.soak --kills $(or $(KILLS),300)

questions: base ## Show how well questions in everyday words are understood
	$(RUN)/python -m bench.questions

learn: ## Learn anew from example questions and labelled policies, after they or patterns have changed
	@tools/setup learn
	$(RUN)/python -m tools.learn
	$(RUN)/python -m tools.reading

reading: ## Show how well policies are read: each by what was learned from the others
	@tools/setup learn
	$(RUN)/python -m bench.reading

encoder: ## Tune the sentence encoder on the bank (WHEEL=file; see tools/encoder.py); then make learn
	@tools/setup learn
	$(RUN)/python -m tools.encoder $(WHEEL)

messages: dev ## Bring the Welsh catalogue up to date with the marked texts
	$(RUN)/python -m tools.messages

clean: ## Remove what can be made again; a site's data stays
	rm -rf .venv node_modules dist uv.lock src/proviso/web/static/proviso/build src/proviso/documents/build
	find src/proviso -name "*.mo" -delete
	rm -rf __pycache__ .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results
	find src tests -name __pycache__ -prune -exec rm -rf {} +

base dev browser postgresql:
	@tools/setup $@
