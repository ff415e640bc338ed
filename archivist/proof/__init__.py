"""What makes a statement checkable by a stranger: digests, canonical JSON, the Merkle log, signed notes. Pure."""
