import Ansatz
import Testing

@Suite("Settings")
struct SettingsTests {
  /// One setting of every kind.
  struct Example: Configurable, Equatable {
    static let name = "example"
    static let summary = "one setting of every kind"
    static let settings = [
      Setting("whole", \Example.whole, 1...9, "a count"),
      Setting("order", \Example.order, oneOf: [1, 2, 4], "an order"),
      Setting("rate", \Example.rate, .positive, "a rate"),
      Setting("step", \Example.step, .positive, none: "auto", "a step"),
      Setting("shots", \Example.shots, 1...Int.max, none: "0", "shots"),
      Setting(seed: "seed", \Example.seed, "a seed"),
      Setting("flag", \Example.flag, "a flag"),
      Setting("shape", \Example.shape, choices: ["round", "square"], "a shape"),
      Setting("method", \Example.method, named: ["fast", "slow"], "a method"),
      Setting("widths", \Example.widths, each: 1...64, "widths"),
      Setting(names: "parts", \Example.parts, "names"),
      Setting(text: "note", \Example.note, "a note"),
    ]

    var whole = 3
    var order = 2
    var rate = 0.5
    var step: Double?
    var shots: Int?
    var seed: UInt64 = 7
    var flag = false
    var shape = "round"
    var method = "fast"
    var widths = [16]
    var parts: [String] = []
    var note = ""
  }

  private func message(_ setting: String) -> String {
    do {
      _ = try Example(settings: [setting])
      return "no error"
    } catch { return error.message }
  }

  @Test("Every kind of value is set from text")
  func values() throws {
    let made = try Example(settings: [
      "whole=9", "order=4", "rate=1e-3", "step=0.25", "shots=10", "seed=1", "flag=true",
      "shape=square", "method=slow:size=2", "widths=[32,16]", "parts=a,b", "note=x=y",
    ])
    var expected = Example()
    (expected.whole, expected.order, expected.rate, expected.step) = (9, 4, 1e-3, 0.25)
    (expected.shots, expected.seed, expected.flag, expected.shape) = (10, 1, true, "square")
    (expected.method, expected.widths) = ("slow:size=2", [32, 16])
    (expected.parts, expected.note) = (["a", "b"], "x=y")
    #expect(made == expected)
    var back = made
    try back.set(["step=auto", "shots=0", "widths="])
    #expect(back.step == nil && back.shots == nil && back.widths.isEmpty)
  }

  @Test("A value that a setting cannot be is refused, with what it can be")
  func wrongValues() {
    for (setting, text) in [
      ("whole=10", "whole of 'example' must be a whole number from 1 to 9, not '10'"),
      ("whole=2.5", "whole of 'example' must be a whole number from 1 to 9, not '2.5'"),
      ("order=3", "order of 'example' must be 1, 2 or 4, not '3'"),
      ("rate=0", "rate of 'example' must be greater than 0, not '0'"),
      ("rate=nan", "rate of 'example' must be greater than 0, not 'nan'"),
      ("rate=inf", "rate of 'example' must be greater than 0, not 'inf'"),
      ("step=-1", "step of 'example' must be greater than 0, or auto, not '-1'"),
      ("shots=-1", "shots of 'example' must be a whole number, 1 or more, or 0, not '-1'"),
      ("seed=-1", "seed of 'example' must be a whole number, 0 or more, not '-1'"),
      ("flag=yes", "flag of 'example' must be true or false, not 'yes'"),
      (
        "shape=squar",
        "shape of 'example' must be one of round, square, not 'squar'; did you mean 'square'?"
      ),
      (
        "method=fats:x=1",
        "method of 'example' must be one of fast, slow, not 'fats:x=1'"
      ),
      (
        "widths=3,x",
        "widths of 'example' must be a whole number from 1 to 64, or several separated by commas, "
          + "not '3,x'"
      ),
      ("whoel=1", "'example' has no setting 'whoel'; did you mean 'whole'?"),
      ("whole", "cannot read 'whole' of 'example'; write NAME=VALUE, as in whole=3"),
    ] { #expect(message(setting) == text) }
  }

  @Test("A specification reads back to an equal value, commas in values and all")
  func specification() throws {
    var example = Example()
    (example.widths, example.rate, example.flag) = ([8, 4, 2], 0.125, true)
    let parts = Specification(parsing: example.specification)
    #expect(parts.name == "example")
    #expect(try Example(settings: parts.settings) == example)
    #expect(Specification(parsing: "adam:") == Specification("adam", []))
    #expect(Specification(parsing: "a:b=1,2,c=3").settings == ["b=1,2", "c=3"])
  }

  @Test("Ranges of numbers hold what they say")
  func ranges() {
    #expect(RealRange.fraction.contains(0) && !RealRange.fraction.contains(1))
    #expect(RealRange.unit.contains(1) && !RealRange.unit.contains(1.0.nextUp))
    #expect(!RealRange.positive.contains(0) && !RealRange.any.contains(.infinity))
    #expect(!RealRange.any.contains(.nan))
    #expect(
      [RealRange.positive, .nonNegative, .fraction, .unit, .any, .between(-1, 2.5)].map(\.text) == [
        "greater than 0", "0 or more", "at least 0 and less than 1", "from 0 to 1", "a number",
        "from -1 to 2.5",
      ])
  }

  @Test("A catalogue names the near miss, or all there are")
  func catalogue() throws {
    let shapes = Catalogue("shape", ["round", "square"]) { $0 }
    #expect(try shapes.named("round") == "round")
    #expect(throws: AnsatzError(.usage, "unknown shape 'rund'; did you mean 'round'?")) {
      try shapes.named("rund")
    }
    #expect(throws: AnsatzError(.usage, "unknown shape 'x'; choose one of: round, square")) {
      try shapes.named("x")
    }
  }

  @Test("Whatever is configurable has help for each setting, and defaults that read back")
  func everything() throws {
    let types: [any Configurable.Type] =
      StandardModels.all.map { $0 as any Configurable.Type }
      + OptimizerRegistry.standard.types.map { $0 as any Configurable.Type }
      + ScheduleRegistry.standard.types.map { $0 as any Configurable.Type }
      + MinimizerRegistry.standard.types.map { $0 as any Configurable.Type }
      + GradientMethods.all.map { type(of: $0) as any Configurable.Type }
    func check<C: Configurable>(_ type: C.Type) throws {
      let names = C.settings.map(\.name)
      #expect(Set(names).count == names.count, "\(C.name)")
      for setting in C.settings {
        #expect(!setting.help.isEmpty && !setting.help.hasSuffix("."), "\(C.name): \(setting.name)")
        var changed = C()
        let text = setting.value(in: C()).text
        try changed.set(setting.name, to: text)
        #expect(setting.value(in: changed).text == text)
      }
    }
    for type in types { try check(type) }
  }
}
