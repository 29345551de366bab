"""WHAT happens to a document: plain functions, no Prefect, no environment, no storage."""
