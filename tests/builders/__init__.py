"""Districts, folders, instances, plans and weekends that tests and benchmarks are made of."""
