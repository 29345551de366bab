"""report: the daily flow that says how the warehouse is doing."""

from prefect import flow

from flows.backlog import end_with_server, take_along_waiting


@flow(name="report", description="The last day on one page.")
def report() -> None:
    """Report the last day."""
    end_with_server()
    take_along_waiting()
