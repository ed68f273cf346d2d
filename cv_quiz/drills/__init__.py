"""The coding exercises, one file each."""
