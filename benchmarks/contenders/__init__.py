"""The programs that benchmarks/photographs.py measures, each in a process of its own."""
