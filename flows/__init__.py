"""flows: when and how the steps run.

ingest    new and changed documents -> articles; started by ``wencang ingest``, by a schedule, by a file that arrives
reclean   stored documents again with today's rules; started by hand
upkeep    compaction, expiry, backup, checks; nightly under ``wencang serve``
report    what the last days brought; daily under ``wencang serve``

Only this package imports Prefect and reads the environment. ``steps.py`` turns the steps of ``tasks`` into Prefect
tasks, with their retries and time limits; ``commands`` holds the command line.
"""
