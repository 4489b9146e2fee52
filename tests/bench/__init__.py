"""Figures of speed, memory and loss: ``python -m tests.bench``, each beside the baseline that it is compared with."""
