import AnsatzMath

extension Checkpoint {
  /// The same run with another number of epochs, to go on from its weights.
  ///
  /// The optimizer's state and the random numbers go on; the schedule is computed for the new number,
  /// from the epoch reached. With a constant schedule, and where no best epoch was returned to, the
  /// run ends with the bits of one that had that number from the start. After an early stop, patience
  /// counts from the epoch reached.
  ///
  /// - Throws: `AnsatzError(.usage)` unless the number is above that of the epochs done; it may be
  ///   equal in a finished run, which stays finished.
  public func with(epochs: Int) throws -> Checkpoint {
    let done = progress.epoch
    if progress.isFinished, epochs == done { return self }
    guard epochs > done else {
      throw AnsatzError(
        .usage,
        "the run has done \(done) \(done == 1 ? "epoch" : "epochs") already, so \(epochs) in all "
          + "leaves nothing to train; ask for more than \(done)")
    }
    var longer = self
    longer.options.epochs = epochs
    if progress.isFinished {
      longer.progress.isFinished = false
      longer.progress.patienceStart = done
    }
    return longer
  }
}

extension CheckpointStore.Found {
  /// The same place with another number of epochs.
  ///
  /// - Throws: As `Checkpoint.with(epochs:)`.
  public func with(epochs: Int) throws -> CheckpointStore.Found {
    CheckpointStore.Found(
      checkpoint: try checkpoint.with(epochs: epochs), path: path, notice: notice)
  }
}
