"""source_names: what cannot name a source on the command line."""

from flows.errors import UsageError
from tasks.discover import is_url


def refuse_unusable(location: str) -> None:
    """Raise ``UsageError`` for a SOURCE that can be no name."""
    if not location.strip():
        # "$X" of a variable that is not set; taken for the folder one is in, it would load anything
        raise UsageError("an empty SOURCE names nothing. Nothing was done. For this folder, say .")
    try:
        location.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(
            f"{location!a}: a SOURCE whose name is not UTF-8 can be read, but not named. "
            "Nothing was done. Name the folder it is in, or a glob."
        ) from None
    if location.lower().endswith(".toml") and not is_url(location):
        raise UsageError(
            f"{location} is a configuration and no page. Nothing was done. To read the sources it names, "
            f"say: WENCANG_CONFIG={location} wencang ingest"
        )
