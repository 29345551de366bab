"""upkeep: the nightly flow that keeps the warehouse small and quick. Rows do not change."""

from prefect import flow

from flows.backlog import end_with_server, take_along_waiting


@flow(name="upkeep", description="Compact, expire, remove orphans, bring the indexes along.")
def upkeep() -> None:
    """Run the upkeep of the warehouse."""
    end_with_server()
    take_along_waiting()
