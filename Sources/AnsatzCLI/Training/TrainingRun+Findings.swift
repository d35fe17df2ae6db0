import Ansatz

extension TrainingRun {
  /// What a user should know of the training rows, and how the rows held out and those of the test
  /// are unlike them.
  ///
  /// Asked once the preparation is fitted.
  func findings() throws -> [Finding] {
    let heldOut = try split().validation.map { validation in
      UnseenCategories.findings(in: DriftSubject(validation.features, since: preprocessing))
        .map { $0.said(of: "validation rows") }
    }
    let tested = test.map { test in
      DriftSubject(test.features, since: preprocessing).findings.map { $0.said(of: test.name) }
    }
    return dataset.findings + (heldOut ?? []) + (tested ?? [])
  }
}
