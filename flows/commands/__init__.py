"""commands: one module for each ``wencang COMMAND``: its help, its options, and ``run``, which returns the exit code."""
