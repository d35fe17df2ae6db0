import AnsatzMath
import Synchronization

/// How far the running cell has come, so that names it did not reach are not offered to later cells.
private let progress = Atomic<Int>(0)

/// Called by the kernel's rewriting of a cell before each of its statements.
public func __at(_ statement: Int) {
  progress.store(statement, ordering: .relaxed)
}

/// Called by the kernel's rewriting of a cell with its last expression.
public func __show<T>(_ value: T) {
  guard T.self != Void.self else { return }
  Display(value).send(.result)
}

/// The place of the statement the cell is at, in bytes; 0 before its second one.
@_cdecl("ansatz_notebook_reached")
public func ansatzNotebookReached() -> CInt {
  CInt(truncatingIfNeeded: progress.load(ordering: .relaxed))
}

/// Called when the user interrupts the cell.
@_cdecl("ansatz_notebook_raise_stop")
public func ansatzNotebookRaiseStop() { StopFlag.raise() }

/// Called before a cell starts and after it has ended.
@_cdecl("ansatz_notebook_clear")
public func ansatzNotebookClear() {
  StopFlag.lower()
  progress.store(0, ordering: .relaxed)
}
