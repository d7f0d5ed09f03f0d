"""Many districts on a distributed engine; the only part that knows Dask."""
