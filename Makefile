# Órdenes del proyecto. `make` o `make help` las explica.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PUERTO ?= 8000
# Uno más que procesadores: las pruebas en navegador pasan parte del tiempo esperando.
TRABAJADORES ?= $(shell echo $$(($$(nproc) + 1)))
ARGS ?=
export PUERTO
# Con lo ya compilado guardado, cada proceso de prueba arranca en la mitad del tiempo.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-pg turnos contrato mutaciones cortes fallas accesibilidad hostiles fuzz antivirus lint formato bench carga lighthouse observatorio subida test-deploy candado limpio simulacro sbom

help: ## Explica las órdenes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: ## Instala lo que falte y abre el portal de demostración en 127.0.0.1 (PUERTO=8000)
	@.ci/demo

test: ## Prueba todo con SQLite (ARGS="tests/sesiones -k quorum" para una parte)
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 $(PY) -m pytest -n $(TRABAJADORES) --dist worksteal $(ARGS)

test-pg: ## Prueba lo que toca la base con un PostgreSQL propio, que se borra al terminar
	@.ci/preparar pruebas
	@.ci/con-postgres $(PY) -m pytest -n $(TRABAJADORES) --dist worksteal $(ARGS)

mutaciones: ## Cambia 10 000 bytes, uno por uno, en filas, registro y archivos; cada cambio debe localizarse
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 MUTACIONES=10000 $(PY) -m pytest -s tests/sello/test_mutaciones.py \
	    tests/vida/test_mutaciones.py tests/vida/test_mutaciones_archivos.py $(ARGS)

cortes: ## Mata 200 veces en cada base a quien guarda, sube, sella, firma y publica; nada queda a medias
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 CORTES=200 $(PY) -m pytest -s tests/fallas/test_cortes.py $(ARGS)
	@CORTES=200 .ci/con-postgres $(PY) -m pytest -s tests/fallas/test_cortes.py $(ARGS)

fallas: ## Ensaya cada falla de la tabla y dice qué se hizo y si pasó (ARGS="reloj disco" para algunas; pide root)
	@.ci/preparar fallas
	@DATABASE_URL= $(PY) -m tests.fallas $(ARGS)

simulacro: ## Respalda la demostración mientras se escribe en ella, la restaura aparte y compara, en cada base
	@.ci/preparar pruebas
	@.ci/simulacro sqlite
	@.ci/con-postgres .ci/simulacro

accesibilidad: ## Busca con axe en cada página, en teléfono y en computadora, clara y oscura
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 AXE=todo $(PY) -m pytest -n $(TRABAJADORES) --dist worksteal \
	    tests/accesibilidad tests/registros/test_accesible.py $(ARGS)

turnos: ## Prueba entero lo que con cada cambio se prueba por turnos (tests/turnos.py)
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 TURNOS=todo $(PY) -m pytest -n $(TRABAJADORES) --dist worksteal \
	    tests/permisos/test_aislamiento.py tests/velocidad/test_exactas.py tests/gestion/test_registros.py \
	    tests/navegador/test_actas_reales.py $(ARGS)

hostiles: ## Sube uno por uno los archivos hostiles y dice qué pasó con cada uno y cuánto costó revisarlo
	@.ci/preparar pruebas
	@DATABASE_URL=sqlite:///var/pruebas.sqlite3 $(PY) -m pytest -q -s tests/archivo/test_hostiles.py $(ARGS) 2>/dev/null

fuzz: ## Estropea al azar todo lo que se recibe: 100 000 casos con semilla nueva (FUZZ=…, SEMILLA=… para otros)
	@.ci/preparar pruebas
	@semilla=$${SEMILLA:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; echo "Semilla: $$semilla"; \
	    FUZZ=$${FUZZ:-100000} DATABASE_URL=sqlite:///var/pruebas.sqlite3 $(PY) -m pytest -q -n 2 --dist worksteal \
	    --hypothesis-seed=$$semilla tests/fuzz $(ARGS)

antivirus: ## Prueba el antivirus con un clamd de verdad y una base de una sola firma (instala clamav-daemon si falta)
	@.ci/preparar pruebas
	@.ci/antivirus $(ARGS)

lint: ## Revisa reglas, formato, tipos, plantillas, importaciones, migraciones y despliegue
	@.ci/preparar pruebas
	@.ci/revisar

formato: ## Da formato a Python y a las plantillas
	@.ci/preparar pruebas
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 -r .venv/bin/djade --target-version 5.2 || true

bench: ## Mide el rendimiento (razones, no tiempos) y escribe bench/resultados.json
	@.ci/preparar medir
	@DATABASE_URL= $(PY) -m bench
	@DURABLE=1 .ci/con-postgres $(PY) -m bench guardado

carga: ## Ensaya 500 personas leyendo y 20 escribiendo durante 5 minutos (CARGA_SEGUNDOS=… para otro tiempo)
	@.ci/preparar pruebas
	@DURABLE=1 .ci/con-postgres $(PY) -m bench.carga

contrato: ## Hace 20 000 peticiones generadas a /api/v1/ según su OpenAPI (CONTRATO=… para otra cuenta)
	@.ci/preparar pruebas
	@CONTRATO=$${CONTRATO:-20000} DATABASE_URL=sqlite:///var/pruebas.sqlite3 $(PY) -m pytest -s -p no:logging \
	    tests/datos/api/test_contrato.py $(ARGS)

lighthouse: ## Califica cinco páginas con Lighthouse y las pesa (la primera vez lo instala con npm)
	@.ci/preparar pruebas
	@.ci/lighthouse

observatorio: ## Califica las cabeceras con el HTTP Observatory de MDN, detrás de nginx con TLS (lo instala con npm)
	@.ci/preparar pruebas
	@.ci/observatorio

subida: ## Sube 2 GB en partes matando tres veces al servidor y a quien sube (SUBIDA_BYTES=… para otro tamaño)
	@.ci/preparar pruebas
	@DATABASE_URL= $(PY) -m bench subida

test-deploy: ## Instala, repite, actualiza y regresa el portal en un Debian 12 recién hecho (pide root; unos 6 minutos)
	@.ci/preparar pruebas
	@.ci/probar-instalacion

candado: ## Vuelve a fijar las dependencias con huella (requirements*.txt)
	@.ci/preparar pruebas
	@.ci/candado

sbom: ## Escribe var/sbom.json: las bibliotecas con su versión y huella (CycloneDX); pide red
	@mkdir -p var
	@.venv/bin/uv tool run --quiet --from cyclonedx-bom cyclonedx-py requirements requirements.txt \
		--output-reproducible --output-file var/sbom.json

limpio: ## Borra lo generado: entorno virtual, base de demostración y cachés
	rm -rf .venv node_modules var .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
