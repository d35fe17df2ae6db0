import AnsatzMath
import CSVM
import Numerics

/// What libsvm found: support vectors grouped by class, and for each pair of classes a decision
/// function over them.
struct FittedMachine: Sendable {
  /// Class indices, ascending.
  let classes: [Int]
  /// The number of support vectors of each class.
  let vectorCounts: [Int]
  /// The support vectors as rows.
  let vectors: Tensor<Double>
  /// Shape `[classes - 1, vectors]`: row `j - 1` holds, for vectors of class `i < j`, their
  /// coefficients against class `j`; row `i` those of class `j` against class `i`.
  let coefficients: Tensor<Double>
  /// One per pair `(0, 1), (0, 2), …, (1, 2), …`, subtracted from the sum over the vectors.
  let offsets: [Double]
  let gamma: Double
  /// Positions in `classes`, in the order of `offsets`.
  private let pairs: [(first: Int, second: Int)]

  /// - Throws: `AnsatzError` if libsvm refuses its parameters.
  static func train(
    _ features: Tensor<Double>, labels: [Int], cost: Double, gamma: Double
  ) throws -> FittedMachine {
    Silence.once
    let width = features.rowSize
    // libsvm numbers classes by first appearance; in this order that is ascending.
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    var nodes: [svm_node] = []
    nodes.reserveCapacity(order.count * (width + 1))
    for row in order {
      for (c, value) in features.row(row).enumerated() {
        nodes.append(svm_node(index: Int32(c + 1), value: value))
      }
      nodes.append(svm_node(index: -1, value: 0))
    }
    var targets = order.map { Double(labels[$0]) }
    var parameters = svm_parameter()
    parameters.svm_type = Int32(C_SVC)
    parameters.kernel_type = Int32(RBF)
    parameters.gamma = gamma
    parameters.C = cost
    parameters.cache_size = 200  // MB, scikit-learn's choice
    parameters.eps = 1e-3
    parameters.shrinking = 1
    return try nodes.withUnsafeMutableBufferPointer { nodes in
      let start = nodes.baseAddress
      var rows = order.indices.map { row in start.map { $0 + row * (width + 1) } }
      return try rows.withUnsafeMutableBufferPointer { rows in
        try targets.withUnsafeMutableBufferPointer { targets in
          var problem = svm_problem(
            l: Int32(order.count), y: targets.baseAddress, x: rows.baseAddress)
          if let complaint = svm_check_parameter(&problem, &parameters) {
            throw AnsatzError(.badConfiguration, "libsvm: \(String(cString: complaint))")
          }
          guard let model = svm_train(&problem, &parameters) else {
            throw AnsatzError(.software, "libsvm returned no model")
          }
          defer {
            var pointer: UnsafeMutablePointer<svm_model>? = model
            svm_free_and_destroy_model(&pointer)
          }
          return FittedMachine(
            copying: model, training: features.rows(at: order), gamma: gamma)
        }
      }
    }
  }

  private init(
    copying model: UnsafeMutablePointer<svm_model>, training: Tensor<Double>, gamma: Double
  ) {
    let count = Int(model.pointee.l)
    let classCount = Int(model.pointee.nr_class)
    classes = (0..<classCount).map { Int(model.pointee.label[$0]) }
    vectorCounts = (0..<classCount).map { Int(model.pointee.nSV[$0]) }
    // libsvm counts training rows from 1.
    vectors = training.rows(at: (0..<count).map { Int(model.pointee.sv_indices[$0]) - 1 })
    coefficients = Tensor(
      shape: [classCount - 1, count],
      elements: (0..<classCount - 1).flatMap { row in
        (0..<count).map { model.pointee.sv_coef[row]?[$0] ?? 0 }
      })
    offsets = (0..<classCount * (classCount - 1) / 2).map { model.pointee.rho[$0] }
    self.gamma = gamma
    pairs = (0..<classCount).flatMap { i in ((i + 1)..<classCount).map { (i, $0) } }
  }

  func predict(_ row: ArraySlice<Double>) -> Int {
    var votes = [Int](repeating: 0, count: classes.count)
    for (pair, decision) in zip(pairs, decisions(row)) {
      votes[decision > 0 ? pair.first : pair.second] += 1
    }
    return classes[votes.firstIndex(of: votes.max() ?? 0) ?? 0]
  }

  /// One value per pair of classes, positive where the row belongs to the first of them.
  func decisions(_ row: ArraySlice<Double>) -> [Double] {
    let kernel = kernelValues(row)
    let starts = vectorCounts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    let total = kernel.count
    return zip(pairs, offsets).map { pair, offset in
      let (i, j) = (pair.first, pair.second)
      var sum = 0.0
      for v in starts[i]..<starts[i + 1] {
        sum += coefficients.elements[(j - 1) * total + v] * kernel[v]
      }
      for v in starts[j]..<starts[j + 1] {
        sum += coefficients.elements[i * total + v] * kernel[v]
      }
      return sum - offset
    }
  }

  private func kernelValues(_ row: ArraySlice<Double>) -> [Double] {
    let width = vectors.rowSize
    return row.withUnsafeBufferPointer { row in
      vectors.elements.withUnsafeBufferPointer { vectors in
        (0..<vectors.count / max(width, 1)).map { v in
          var distance = 0.0
          for c in 0..<width {
            let difference = row[c] - vectors[v * width + c]
            distance += difference * difference
          }
          return Double.exp(-gamma * distance)
        }
      }
    }
  }
}

/// libsvm prints its progress unless told otherwise; the setting is one for the whole process.
private enum Silence {
  static let once: Void = svm_set_print_string_function { _ in }
}
