// What the cells of a notebook see: all of Ansatz, and how values are shown.
@_exported import Ansatz
