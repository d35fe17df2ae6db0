import Ansatz
import AnsatzCLI

/// The `main.swift` of docs/adding-a-loss.md; compiled, not run, since it ends the process.
func packageMain() {
  AnsatzCommand.main(models: [PairModel.self], losses: [SquaredHinge.self])
}
