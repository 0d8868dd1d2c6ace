"""The assistant over HTTP: FastAPI under /v1, problem+json errors, limits, metrics, feedback."""
