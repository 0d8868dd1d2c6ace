# Every target sets up what it needs on a fresh machine: Python 3.11 or later is enough.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
export POLICYQA_INDEX ?= $(CURDIR)/.policyqa/index
export POLICYQA_FEEDBACK ?= $(CURDIR)/.policyqa/feedback.sqlite3
HOST ?= 127.0.0.1
PORT ?= 8000
QUESTIONS ?= eval/questions/own.jsonl
DOCUMENTS ?= ../shared/benchmark/laws_corpus.jsonl.gz
DATA ?= ../shared/training
SHARED ?= ../shared
EXAMPLES ?= 200
SHARED_OUT ?= -n 2 --dist loadfile

.PHONY: help ask serve index plain eval bench encoder fit examples screens bundle test cases sbom check format clean

help: ## 列出这些命令 · list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# torch first and by its exact version: any other spelling may bring the CUDA build. "compat" puts this folder on the
# path, so that a folder called index or corpus where somebody works does not hide ours (empty folders count as packages).
EDITABLE := --config-settings editable_mode=compat -e
$(BIN)/policyqa: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check $(EDITABLE) .
	@touch $@

.venv/test: $(BIN)/policyqa
	$(BIN)/pip install --quiet --disable-pip-version-check $(EDITABLE) '.[ocr,test]'
	@touch $@

.venv/train: $(BIN)/policyqa
	$(BIN)/pip install --quiet --disable-pip-version-check $(EDITABLE) '.[train]'
	@touch $@

# Commands build a missing index themselves; here it is also built anew whenever a text, a dictionary or the model changed.
$(POLICYQA_INDEX)/CURRENT: $(BIN)/policyqa $(shell find corpus index -name "*.py" -o -name "*.csv" -o -name "*.toml" -o -name "*.txt" -o -path "*/documents/*" -type f -o -path "*/model/*" -type f)
	$(BIN)/policyqa index

# The question reaches the command as typed: neither make nor the shell reads anything in it.
override Q := $(value Q)
export Q
ask: $(POLICYQA_INDEX)/CURRENT ## 问一个问题 · ask a question: make ask Q="怎么申请首贷"
	@$(BIN)/policyqa ask -- "$$Q"

serve: $(POLICYQA_INDEX)/CURRENT ## 启动网页和接口 · chat page and API at http://127.0.0.1:8000
	$(BIN)/policyqa serve --host $(HOST) --port $(PORT)

index: $(BIN)/policyqa ## 重建索引 · build the index again
	$(BIN)/policyqa index

eval: $(POLICYQA_INDEX)/CURRENT ## 测量 · measure: make eval QUESTIONS=file.jsonl
	$(BIN)/policyqa eval --questions $(QUESTIONS)

bench: .venv/test ## 并排测速 · timings side by side: make bench DOCUMENTS=laws.jsonl.gz
	$(BIN)/python -m eval.speed retrieval --documents $(DOCUMENTS) $(if $(findstring command,$(origin QUESTIONS)),--questions $(QUESTIONS))

encoder: .venv/train ## 训练默认编码模型 · train the default encoder: make encoder DATA=folder [BENCHMARK=folder]
	$(BIN)/python -m index.encoder.training --data $(DATA) --output index/encoder/model $(if $(BENCHMARK),--benchmark $(BENCHMARK))

plain: $(BIN)/policyqa ## 检查通俗化表述 · check the plain-language records
	$(BIN)/policyqa plain check

fit: $(POLICYQA_INDEX)/CURRENT ## 重新拟合重排、引用、把握与阈值 · fit re-ranker, quotes, confidence, thresholds: make fit [SHARED=folder]
	$(BIN)/python -m eval.fitting ranking --data $(SHARED)
	$(BIN)/python -m eval.fitting evidence --data $(SHARED)
	$(BIN)/python -m eval.fitting confidence --data $(SHARED)
	$(BIN)/python -m eval.fitting thresholds

examples: $(POLICYQA_INDEX)/CURRENT ## 重写 docs/examples.md · ask the worked examples again
	$(BIN)/python -m eval.examples

screens: $(POLICYQA_INDEX)/CURRENT .venv/test ## 重拍网页截图 · take the screenshots in docs/screens again; ONLY="match plate": those that begin so
	$(BIN)/python -m eval.pages.screenshots --only "$(ONLY)"

bundle: .venv/test ## 制作离线安装包 · a bundle for machines without internet, in dist
	$(BIN)/python deploy/make-bundle dist

test: export OPENBLAS_NUM_THREADS = 1# two processes already fill two cores
test: .venv/test ## 运行测试 · run the tests, in Chromium and behind nginx too (installed here if this may be)
	@{ command -v chromium && command -v nginx && ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || ./tests/install-system-packages || true
	@if command -v chromium >/dev/null; then $(BIN)/pytest $(SHARED_OUT); else \
	  echo '没有 Chromium，不运行网页测试 · no Chromium: browser tests left out (apt-get install chromium)'; \
	  $(BIN)/pytest $(SHARED_OUT) -m 'not browser'; fi

cases: .venv/test ## 逐条路由试各种对错的请求 · right and wrong requests for every route: make cases EXAMPLES=200
	$(BIN)/python -m tests.ui.cases --examples $(EXAMPLES)

sbom: $(BIN)/policyqa ## 软件清单（CycloneDX）· a bill of materials of what is installed: dist/policyqa.cdx.json
	$(PYTHON) -m venv .venv/sbom && .venv/sbom/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom
	mkdir -p dist && .venv/sbom/bin/cyclonedx-py environment --output-reproducible --output-file dist/policyqa.cdx.json $(BIN)/python

check: .venv/test ## 检查代码 · lint, types, import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/test ## 整理代码 · format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## 删除生成物 · remove what was generated
	rm -rf .venv .policyqa/index .policyqa/feedback.sqlite3* build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
