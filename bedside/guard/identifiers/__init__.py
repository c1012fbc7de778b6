"""Numbers, addresses and dates that identify a person; each with its checksum where it has one."""
