"""A Jupyter kernel for Swift with Ansatz: each cell is compiled and loaded into a living process."""
