"""steps: only what may pass is tried again."""

import pytest
from prefect.states import Completed, Failed

from flows.steps import is_transient
from flows.workers import WorkerDied
from tasks.errors import ContractError, TransientError
from warehouse.errors import NotWritable, WarehouseBusy


@pytest.mark.parametrize(
    ("state", "is_tried_again"),
    [
        (Failed(data=TransientError("503")), True),
        (Failed(data=WorkerDied("killed")), True),
        (Failed(data=WarehouseBusy("locked")), True),
        (Failed(data=NotWritable("disk full")), False),
        (Failed(data=ContractError("no batch")), False),
        (Failed(data=ValueError("a defect of ours")), False),
        (Completed(data=1), False),
    ],
    ids=lambda value: type(value.data).__name__ if hasattr(value, "data") else None,
)
def test_what_may_pass_is_tried_again(state, is_tried_again):
    """A time-out, a worker that died, a lock; not a full disk, not a defect, not what went well."""
    assert is_transient(None, None, state) is is_tried_again
