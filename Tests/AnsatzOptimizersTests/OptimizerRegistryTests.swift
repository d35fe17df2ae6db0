import AnsatzMath
import Foundation
import Testing

@testable import AnsatzOptimizers

@Suite struct OptimizerRegistryTests {
  let registry = OptimizerRegistry.standard

  func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("text sets hyperparameters, and the specification reads back to an equal value")
  func roundTrip() throws {
    let made = try registry.optimizer("adam:beta1=0.95,epsilon=1e-7")
    #expect(made as? Adam == Adam(beta1: 0.95, epsilon: 1e-7))
    let again = try registry.optimizer(made.specification)
    #expect(again as? Adam == Adam(beta1: 0.95, epsilon: 1e-7))
  }

  @Test("an unknown optimizer gets the near miss, or all names")
  func unknownName() {
    #expect(
      message { _ = try registry.optimizer("adma") }
        == "unknown optimizer 'adma'; did you mean 'adam'?")
    #expect(
      message { _ = try registry.optimizer("zzzzzz") }.hasSuffix("adagrad, rmsprop, adam, adamw"))
  }

  @Test("an unknown hyperparameter, a value out of bounds and bad text are named")
  func badHyperparameters() {
    #expect(
      message { _ = try registry.optimizer("adam:bta1=0.5") }
        == "'adam' has no setting 'bta1'; did you mean 'beta1'?")
    #expect(
      message { _ = try registry.optimizer("sgd:rate=1") }
        == "'sgd' has no setting 'rate'; it has none")
    #expect(
      message { _ = try registry.optimizer("momentum:momentum=1") }
        == "momentum of 'momentum' must be at least 0 and less than 1, not '1'")
    #expect(message { _ = try registry.optimizer("adam:epsilon=nan") }.contains("greater than 0"))
    #expect(message { _ = try registry.optimizer("adam:beta1") }.hasPrefix("cannot read 'beta1'"))
  }

  @Test("a step after the state went through JSON equals a step without", arguments: [3, 4])
  func stateSurvivesJSON(stop: Int) throws {
    for name in registry.names {
      let optimizer = try registry.optimizer(name)
      func run(saving: Bool) throws -> [Double] {
        var w = OptimizerTests.start
        var state = optimizer.makeState(count: w.count, of: Double.self)
        for step in 0..<6 {
          if saving, step == stop {
            state = try JSONDecoder().decode(
              OptimizerState<Double>.self, from: JSONEncoder().encode(state))
          }
          let g = OptimizerTests.gradient(at: w, step: step)
          optimizer.update(&w, gradient: g, state: &state, learningRate: 0.01)
        }
        return w
      }
      #expect(try run(saving: true) == run(saving: false), "\(name)")
    }
  }
}
